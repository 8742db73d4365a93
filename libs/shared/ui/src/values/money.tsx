import { exactMoneyText, moneyText } from '../format/money-text.ts';

interface MoneyProps {
  /** A decimal string of US dollars, as the API gives it. */
  readonly usd: string;
}

/** An amount for people; the exact one is its title. */
export function Money({ usd }: MoneyProps) {
  return (
    <span className="wb-figures" title={exactMoneyText(usd)} style={{ whiteSpace: 'nowrap' }}>
      {moneyText(usd)}
    </span>
  );
}
