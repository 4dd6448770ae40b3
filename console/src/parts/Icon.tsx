const drawings = {
  today: "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M9 15l2 2 4-4",
  requests: "M5 4h10l4 4v12H5zM14 4v5h5M8 13h8M8 16.500h6",
  people:
    "M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c.4-3.500 3-5.500 6.500-5.500s6.100 2 6.500 5.500M16 4.500a3.500 3.500 0 0 1 0 6.500M18 15c2 .8 3.200 2.500 3.500 5",
  agreement: "M6 3h9l4 4v14H6zM9 11h7M9 14h4M10 18.500c1.500-2 2.500-2 3 0 1-1 2-1 3 0",
  breach: "M12 4l9 16H3zM12 10v5M12 17.600v.1",
  retention: "M12 21a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 9v4l3 2M9 2.500h6",
  evidence: "M12 3l7 3v6c0 4.500-3 7.500-7 9-4-1.500-7-4.500-7-9V6zM9 12l2.200 2.200L15.200 10",
  systems: "M4 4h7v6H4zM13 14h7v6h-7zM7.500 10v7H13M11 7h5.500v7",
  shield: "M12 3l7 3v6c0 4.500-3 7.500-7 9-4-1.500-7-4.500-7-9V6z",
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6L6 18",
  out: "M14 4H5v16h9M10 12h11M17.500 8.500L21 12l-3.500 3.500",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  check: "M5 12.500l4.500 4.500L19 7.500",
  down: "M12 4v11M7.500 11l4.500 4.500 4.500-4.500M5 20h14",
  eye: "M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 14.800a2.800 2.800 0 1 0 0-5.600 2.800 2.800 0 0 0 0 5.600z",
  plus: "M12 5v14M5 12h14",
  search: "M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM15.500 15.500L20.500 20.500",
  next: "M9 5l7 7-7 7",
  print: "M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z",
} as const;

export type IconName = keyof typeof drawings;

/** A drawing beside a text that says the same. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
      <path
        d={drawings[name]}
        fill="none"
        stroke="currentColor"
        stroke-width="1.7"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
