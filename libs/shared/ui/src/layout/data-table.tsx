import { ScrollArea, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './data-table.module.css';

export interface Column<Row> {
  readonly key: string;
  readonly header: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** Figures stand at the right. */
  readonly align?: 'left' | 'right';
  /** Left out on a phone. */
  readonly wideOnly?: boolean;
}

interface DataTableProps<Row> {
  /** What the table shows, for those who do not see it. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** A last row that sums up, one cell a column by its key. */
  readonly total?: Readonly<Record<string, ReactNode>>;
  readonly minWidth?: number;
}

/** A table that scrolls sideways by itself where it is wider than the page. */
export function DataTable<Row>({ caption, columns, rows, rowKey, total, minWidth = 0 }: DataTableProps<Row>) {
  const cellProps = ({ align, wideOnly }: Column<Row>) => ({ ta: align ?? 'left', ...(align === 'right' ? { className: 'wb-figures', style: { whiteSpace: 'nowrap' as const } } : {}), ...(wideOnly === true ? { visibleFrom: 'sm' as const } : {}) });
  return (
    <ScrollArea type="auto" scrollbars="x" offsetScrollbars="present" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': caption }}>
      <Table highlightOnHover className={classes['table'] ?? ''} miw={minWidth}>
        <caption className="wb-visually-hidden">{caption}</caption>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column.key} scope="col" {...cellProps(column)}>
                {column.header}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={rowKey(row)}>
              {columns.map((column) => (
                <Table.Td key={column.key} {...cellProps(column)}>
                  {column.cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
        {total === undefined ? null : (
          <Table.Tfoot>
            <Table.Tr>
              {columns.map((column) => (
                <Table.Td key={column.key} fw={650} {...cellProps(column)}>
                  {total[column.key]}
                </Table.Td>
              ))}
            </Table.Tr>
          </Table.Tfoot>
        )}
      </Table>
    </ScrollArea>
  );
}
