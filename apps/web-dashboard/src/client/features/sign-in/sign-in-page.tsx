import { Alert, Button, Code, PasswordInput, Text, Title } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { LogoMark } from '@weighbridge/shared-ui';
import { useEffect, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { errorText } from '../../api/error-text.ts';
import { sessionQueryKey } from '../../api/query-client.ts';
import { signIn } from '../../api/session-client.ts';
import classes from './sign-in-page.module.css';

/** A key opens the dashboard; what it may do there is what it may do everywhere. */
export function SignInPage() {
  const queryClient = useQueryClient();
  const [key, setKey] = useState('');
  const field = useRef<HTMLInputElement>(null);
  // The one thing to do here; nothing stands before it that somebody would have to hear first.
  useEffect(() => field.current?.focus(), []);
  const attempt = useMutation({
    mutationFn: signIn,
    onSuccess: (me) => queryClient.setQueryData(sessionQueryKey, me),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (key.trim() !== '') attempt.mutate(key.trim());
  };

  return (
    <main className={classes['page']}>
      <title>Sign in · Weighbridge</title>
      <div className={classes['card']}>
        <LogoMark size={44} />
        <Title order={1} mt="md">
          Weighbridge
        </Title>
        <Text c="dimmed" mt={4} mb="lg">
          Which model may be used for what, how good it is, and what it costs.
        </Text>
        <form onSubmit={submit}>
          <PasswordInput label="Key" placeholder="wb_…" size="md" value={key} onChange={(event) => setKey(event.currentTarget.value)} autoComplete="current-password" spellCheck={false} ref={field} required withAsterisk={false} />
          {attempt.error === null ? null : (
            <Alert mt="sm" color="red" variant="light" icon={<IconAlertCircle size={18} />} role="alert" title="Not signed in">
              {errorText(attempt.error).message}
            </Alert>
          )}
          <Button type="submit" size="md" mt="md" fullWidth loading={attempt.isPending}>
            Sign in
          </Button>
        </form>
        <Text size="sm" c="dimmed" mt="lg">
          Started with <Code>npm start</Code> or <Code>npm run demo</Code>? The admin key was shown at the first start, and is in <Code>.weighbridge/secrets.json</Code>. Elsewhere, ask an administrator for a key.
        </Text>
      </div>
    </main>
  );
}
