import { useRef, useState } from 'react';
import { asked, nextAnswer } from './answer-state.ts';
import type { AnswerState } from './answer-state.ts';
import { streamAnswer } from './stream-answer.ts';
import type { Question } from './stream-answer.ts';

export interface Answers {
  /** One for each question, in their order. */
  readonly answers: readonly AnswerState[];
  readonly running: boolean;
  readonly ask: (questions: readonly Question[]) => void;
  readonly stop: () => void;
}

/** Several questions at once, each answer as it comes. Asking anew drops what still runs. */
export function useAnswers(): Answers {
  const [answers, setAnswers] = useState<readonly AnswerState[]>([]);
  const current = useRef<AbortController | null>(null);
  const ask = (questions: readonly Question[]) => {
    current.current?.abort();
    const controller = (current.current = new AbortController());
    setAnswers(questions.map(() => asked));
    for (const [index, question] of questions.entries())
      void streamAnswer(question, controller.signal, (event) => {
        if (current.current === controller) setAnswers((before) => before.map((answer, position) => (position === index ? nextAnswer(answer, event) : answer)));
      });
  };
  return { answers, running: answers.some(({ phase }) => phase === 'waiting' || phase === 'streaming'), ask, stop: () => current.current?.abort() };
}
