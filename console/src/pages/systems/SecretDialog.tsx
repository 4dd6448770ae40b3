import { useText } from "../../app/preferences.tsx";
import type { SystemConnector } from "../../gql/graphql.ts";
import { Button } from "../../parts/Button.tsx";
import { CopyButton } from "../../parts/CopyButton.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { Notice } from "../../parts/Notice.tsx";

/** A secret on its only way past the reader. */
export interface Secret {
  /** The name of the system. */
  readonly of: string;
  readonly value: string;
  readonly connector: SystemConnector;
}

/** Shows a secret this once; it is closed by saying that it was kept, and by no slip of a key. */
export function SecretDialog({ secret, onClose }: { secret: Secret; onClose: () => void }) {
  const { systems: words } = useText();
  return (
    <Dialog title={words.secretOf(secret.of)} lasting>
      <Notice tone="warning">{words.secretOnce}</Notice>
      <p class="system-secret">
        <code>{secret.value}</code> <CopyButton value={secret.value} of={words.secret} />
      </p>
      <p class="soft">{secret.connector === "OPENDSR" ? words.secretBearer : words.secretSigns}</p>
      <p class="dialog-foot">
        <Button tone="primary" onClick={onClose}>
          {words.secretKept}
        </Button>
      </p>
    </Dialog>
  );
}
