import { notifications } from '@mantine/notifications';
import { errorText } from '../api/error-text.ts';

export const notifyDone = (message: string): void => void notifications.show({ message, color: 'green' });

/** For what a button started and has no place on the page to fail in. */
export const notifyFailure = (title: string, error: unknown): void => void notifications.show({ title, message: errorText(error).message, color: 'red', autoClose: 10_000 });
