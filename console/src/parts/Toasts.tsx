import "./toasts.css";
import { type ComponentChildren, createContext } from "preact";
import { useCallback, useContext, useState } from "preact/hooks";

interface Toast {
  readonly id: number;
  readonly words: string;
}

const Context = createContext<(words: string) => void>(() => {});

/** Says shortly, and to screen readers, that something was done. */
export function useToast(): (words: string) => void {
  return useContext(Context);
}

const shownMillis = 6000;

export function Toasts({ children }: { children: ComponentChildren }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const say = useCallback((words: string) => {
    const id = performance.now();
    setToasts((before) => [...before.slice(-2), { id, words }]);
    setTimeout(() => setToasts((before) => before.filter((toast) => toast.id !== id)), shownMillis);
  }, []);
  return (
    <Context.Provider value={say}>
      {children}
      <div class="toasts" role="status" aria-live="polite">
        {toasts.map((toast) => (
          <p key={toast.id} class="toast">
            {toast.words}
          </p>
        ))}
      </div>
    </Context.Provider>
  );
}
