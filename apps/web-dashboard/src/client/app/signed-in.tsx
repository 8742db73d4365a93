import { Center, Loader } from '@mantine/core';
import { ErrorState } from '@weighbridge/shared-ui';
import { errorText } from '../api/error-text.ts';
import { SignInPage } from '../features/sign-in/sign-in-page.tsx';
import { ProjectScopeProvider } from '../scope/project-scope.tsx';
import { useSession } from '../scope/use-session.ts';
import { Shell } from './shell.tsx';

/** The pages for who is signed in, at the address that was asked for; the sign-in page for who is not. */
export function SignedIn() {
  const session = useSession();
  if (session.data === undefined) {
    return (
      <Center mih="100vh">
        {session.error === null ? <Loader color="gray" type="dots" aria-label="Loading" role="status" /> : <ErrorState {...errorText(session.error)} onRetry={() => void session.refetch()} />}
      </Center>
    );
  }
  if (session.data === null) return <SignInPage />;
  return (
    <ProjectScopeProvider me={session.data}>
      <Shell />
    </ProjectScopeProvider>
  );
}
