import { createTheme, rem } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';

/** Deep water green: actions, links, selection. */
const harbor: MantineColorsTuple = ['#eff6f5', '#d8e8e7', '#b0d1cf', '#85b9b6', '#61a39f', '#438f8b', '#2f7f7b', '#1f6b68', '#155653', '#0a403e'];
/** The metal of weights: the mark, and what deserves a second look. */
const brass: MantineColorsTuple = ['#fdf6e6', '#f6e8c6', '#ecd395', '#e0bb61', '#d6a73a', '#cc9722', '#b98514', '#94690b', '#785407', '#573c02'];
const slate: MantineColorsTuple = ['#f5f7f7', '#e9eded', '#dbe1e1', '#cfd7d7', '#b7c2c2', '#748283', '#566465', '#3f4b4d', '#2a3436', '#182022'];
const night: MantineColorsTuple = ['#d7dddd', '#b1bcbd', '#8d999b', '#667376', '#3c474a', '#2b3437', '#1f2729', '#171d1f', '#11161a', '#0b0f11'];
/** Status colours, tuned to sit beside the two above. */
const moss: MantineColorsTuple = ['#eff7ee', '#dcecd9', '#b7d7b1', '#8fc186', '#6eae63', '#569f4a', '#438a37', '#33712a', '#255720', '#163e12'];
const rust: MantineColorsTuple = ['#fdf1ee', '#f7dcd5', '#edb6a8', '#e28d78', '#d86b50', '#cf5437', '#bb4327', '#9c341c', '#7c2712', '#5a1908'];

export const fontFamily = '"Inter Variable", -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

export const theme = createTheme({
  primaryColor: 'harbor',
  primaryShade: { light: 7, dark: 6 },
  colors: { harbor, brass, gray: slate, dark: night, green: moss, red: rust, yellow: brass, teal: harbor },
  fontFamily,
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, "Liberation Mono", monospace',
  defaultRadius: 'md',
  radius: { xs: rem(3), sm: rem(5), md: rem(7), lg: rem(10), xl: rem(16) },
  fontSizes: { xs: rem(12), sm: rem(13.5), md: rem(15), lg: rem(17), xl: rem(20) },
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: rem(25), lineHeight: '1.25' }, h2: { fontSize: rem(17), lineHeight: '1.35' }, h3: { fontSize: rem(15), lineHeight: '1.4' } },
  },
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    Badge: { defaultProps: { tt: 'none', fw: 600, variant: 'light', radius: 'sm' } },
    Button: { defaultProps: { size: 'sm' } },
    FileInput: { defaultProps: { styles: { placeholder: { color: 'var(--mantine-color-dimmed)' } } } },
    Table: { defaultProps: { verticalSpacing: 9, horizontalSpacing: 'md' } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 250 } },
    Anchor: { defaultProps: { underline: 'hover' } },
    Select: { defaultProps: { checkIconPosition: 'right' } },
  },
});

/** The page lies lower than the panels on it, in both schemes; muted text keeps a contrast of 4.5 on either. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--wb-page': '#f4f6f6',
    '--wb-line': '#e1e6e6',
    '--wb-sunken': '#f4f6f6',
    '--mantine-color-dimmed': '#586668',
    '--mantine-color-text': '#182022',
    '--wb-series-1': '#1f6b68',
  },
  dark: {
    '--mantine-color-body': '#171d1f',
    '--wb-page': '#0e1315',
    '--wb-line': '#2a3336',
    '--wb-sunken': '#11171a',
    '--mantine-color-dimmed': '#98a5a7',
    '--mantine-color-text': '#dfe5e5',
    '--wb-series-1': '#61a39f',
  },
});

/** Series of charts, in order; distinct in hue and lightness, so that they hold for the colour-blind too. */
export const seriesColors = {
  light: ['#1f6b68', '#cc9722', '#5b6fa8', '#b5533c', '#74a57f', '#8a5a83', '#7b8a8c', '#3f9bb0'],
  dark: ['#5fb0ab', '#dcb04a', '#8fa2dc', '#dd8369', '#9acba4', '#c08fb8', '#a3b0b2', '#6fc3d6'],
} as const;
