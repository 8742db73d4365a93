import { useComputedColorScheme } from '@mantine/core';
import { fontFamily, seriesColors } from '../theme.ts';

export interface ChartPalette {
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly surface: string;
  readonly accent: string;
  readonly second: string;
  readonly series: readonly string[];
  readonly fontFamily: string;
}

const light: ChartPalette = { text: '#182022', muted: '#586668', line: '#e4e9e9', surface: '#ffffff', accent: '#1f6b68', second: '#cc9722', series: seriesColors.light, fontFamily };
const dark: ChartPalette = { text: '#dfe5e5', muted: '#98a5a7', line: '#283134', surface: '#1d2426', accent: '#5fb0ab', second: '#dcb04a', series: seriesColors.dark, fontFamily };

/** ECharts does not know the page's colour scheme: options are built from this, and anew when it changes. */
export function useChartPalette(): ChartPalette {
  return useComputedColorScheme('light') === 'dark' ? dark : light;
}

/** Parts that all options share. */
export const chartBase = (palette: ChartPalette) => ({
  animation: false,
  textStyle: { fontFamily: palette.fontFamily, color: palette.text },
  tooltip: {
    backgroundColor: palette.surface,
    borderColor: palette.line,
    borderWidth: 1,
    padding: [8, 12],
    textStyle: { color: palette.text, fontSize: 12.5, fontFamily: palette.fontFamily },
    confine: true,
    extraCssText: 'box-shadow: 0 4px 16px rgb(0 0 0 / 14%); border-radius: 7px;',
  },
});

export const axisLabel = (palette: ChartPalette) => ({ color: palette.muted, fontSize: 11.5, fontFamily: palette.fontFamily });

/** Text that came from people or models, for the inside of a tooltip. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
