interface LogoMarkProps {
  readonly size?: number;
}

/** A weighbridge from the side: a load on the platform, the pointer of the scale above it. Decorative; the name stands beside it. */
export function LogoMark({ size = 26 }: LogoMarkProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7.5" fill="#14514e" />
      <path d="M6 21.5h20" stroke="#e8f1f0" strokeWidth="2.4" strokeLinecap="round" />
      <path d="M9 21.5v3.4M23 21.5v3.4" stroke="#e8f1f0" strokeWidth="2.4" strokeLinecap="round" />
      <path d="M8.6 17.6a7.6 7.6 0 0 1 14.8 0" fill="none" stroke="#8fc0bc" strokeWidth="2.2" strokeLinecap="round" />
      <path d="M16 17.8 19.4 9.4" stroke="#e0b552" strokeWidth="2.4" strokeLinecap="round" />
      <circle cx="16" cy="17.8" r="1.9" fill="#e0b552" />
    </svg>
  );
}
