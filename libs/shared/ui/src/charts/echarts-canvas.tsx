import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

use([BarChart, CustomChart, LineChart, ScatterChart, GridComponent, TooltipComponent, SVGRenderer]);

interface EchartsCanvasProps {
  readonly option: EChartsCoreOption;
  readonly height: number;
}

/** The drawing itself; loaded when the first chart is shown. An option replaces the one before it whole. */
export function EchartsCanvas({ option, height }: EchartsCanvasProps) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);

  useEffect(() => {
    if (element.current === null) return;
    const opened = init(element.current, null, { renderer: 'svg' });
    chart.current = opened;
    const observer = new ResizeObserver(() => opened.resize());
    observer.observe(element.current);
    return () => {
      observer.disconnect();
      opened.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => chart.current?.setOption(option, { notMerge: true }), [option]);

  return <div ref={element} style={{ height, width: '100%' }} />;
}
