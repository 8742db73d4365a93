import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import classes from './command-line.module.css';

interface CommandLineProps {
  readonly command: string;
  /** What is copied, to say so. */
  readonly label?: string;
}

/** Something to type or keep, with a button that copies it. */
export function CommandLine({ command, label = 'Copy the command' }: CommandLineProps) {
  return (
    <div className={classes['line']}>
      {/* A long line scrolls, and what scrolls must be reachable by keyboard. */}
      <pre className={classes['text']} tabIndex={0}>
        {command}
      </pre>
      <CopyButton value={command}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? 'Copied' : label}>
            <ActionIcon variant="subtle" color="gray" onClick={copy} aria-label={copied ? 'Copied' : label}>
              {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </div>
  );
}
