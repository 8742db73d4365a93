import { Button, Collapse } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTable } from '@tabler/icons-react';
import type { EChartsCoreOption } from 'echarts/core';
import { lazy, Suspense } from 'react';
import type { ReactNode } from 'react';
import { LoadingBlock } from '../feedback/loading-rows.tsx';

const EchartsCanvas = lazy(async () => ({ default: (await import('./echarts-canvas.tsx')).EchartsCanvas }));

interface ChartFrameProps {
  /** What the picture shows, in a sentence. */
  readonly label: string;
  readonly option: EChartsCoreOption;
  readonly height: number;
  /** The same numbers as a table. Absent where one stands on the page already. */
  readonly table?: ReactNode;
}

/** A chart for those who see it, and its numbers for those who do not or want them exact. */
export function ChartFrame({ label, option, height, table }: ChartFrameProps) {
  const [opened, { toggle }] = useDisclosure(false);
  return (
    <div>
      <div role="img" aria-label={label}>
        <Suspense fallback={<LoadingBlock height={height} />}>
          <EchartsCanvas option={option} height={height} />
        </Suspense>
      </div>
      {table === undefined ? null : (
        <>
          <Button variant="subtle" color="gray" size="compact-xs" fw={500} mt={6} leftSection={<IconTable size={14} />} onClick={toggle} aria-expanded={opened}>
            {opened ? 'Hide the numbers' : 'Show the numbers'}
          </Button>
          <Collapse expanded={opened}>{opened ? table : null}</Collapse>
        </>
      )}
    </div>
  );
}
