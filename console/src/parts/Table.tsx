import "./table.css";
import type { ComponentChildren } from "preact";

export interface Column<Row> {
  readonly name: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** The column that names the row. */
  readonly heads?: boolean;
  readonly numeric?: boolean;
}

interface TableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

/** With more columns than this the rows stand as cards in a wider space already. */
const manyColumns = 4;

/** Rows and columns; in a narrow space each row stands as a card, with the columns' names before the values. */
export function Table<Row>({ caption, columns, rows, keyOf }: TableProps<Row>) {
  return (
    // Roles by name: styles that stack the cells on a narrow screen take the meaning from the elements.
    <div class="table-box">
      <table class={columns.length > manyColumns ? "table table-wide" : "table"} role="table">
        <caption class="hidden">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={column.name} scope="col" role="columnheader" class={column.numeric ? "numeric" : undefined}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={keyOf(row)} role="row">
              {columns.map((column) => cellOf(column, row))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cellOf<Row>(column: Column<Row>, row: Row) {
  const kind = column.numeric ? "numeric" : undefined;
  return column.heads ? (
    <th key={column.name} scope="row" role="rowheader" data-label={column.name} class={kind}>
      <div>{column.cell(row)}</div>
    </th>
  ) : (
    <td key={column.name} role="cell" data-label={column.name} class={kind}>
      <div>{column.cell(row)}</div>
    </td>
  );
}
