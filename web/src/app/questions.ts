/** The house's routes as React questions and orders: typed, cached, signed out where refused. */
import {
  QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback } from 'react';
import { type AnswerOf, ask, type Question, type RouteKey } from '../api/ask.ts';
import { Problem } from '../api/calls.ts';
import { type Session, useSession } from './session.tsx';

const freshForMs = 10_000;
const triesMax = 2;

export const questions = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: freshForMs,
      // What the house has refused it refuses again.
      retry: (count, error) => !(error instanceof Problem && error.lasting) && count < triesMax,
    },
  },
});

type Unsigned<Key extends RouteKey> = Omit<Question<Key>, 'token' | 'signal'>;

interface Watching {
  /** Milliseconds between questions while the page is looked at; unset: once. */
  everyMs?: number;
  enabled?: boolean;
}

function leaveWhereRefused(error: unknown, { signedOut }: Session): void {
  if (error instanceof Problem && error.status === 401) signedOut();
}

/** The answer of a GET route; `error` is a `Problem` whose `detail` is a sentence. */
export function useAnswer<Key extends RouteKey>(
  key: Key,
  question: Unsigned<Key>,
  { everyMs, enabled = true }: Watching = {},
): UseQueryResult<AnswerOf<Key>, Error> {
  const session = useSession();
  return useQuery<AnswerOf<Key>, Error>({
    queryKey: [key, session.token, question],
    queryFn: async ({ signal }) => {
      const signed = { ...question, token: session.token, signal } as unknown as Question<Key>;
      try {
        return await ask(key, signed);
      } catch (error) {
        leaveWhereRefused(error, session);
        throw error;
      }
    },
    enabled,
    ...(everyMs !== undefined && { refetchInterval: everyMs }),
  });
}

/**
 * An order to a route; afterwards the named questions are asked anew.
 * `order.mutateAsync(question)` throws `Problem`; `order.error` holds it for the page.
 */
export function useOrder<Key extends RouteKey>(
  key: Key,
  { changes = [] }: { changes?: readonly RouteKey[] } = {},
): UseMutationResult<AnswerOf<Key>, Error, Unsigned<Key>> {
  const session = useSession();
  const again = useAskAgain();
  return useMutation<AnswerOf<Key>, Error, Unsigned<Key>>({
    mutationFn: (question) =>
      ask(key, { ...question, token: session.token } as unknown as Question<Key>),
    onError: (error) => leaveWhereRefused(error, session),
    onSettled: () => again(...changes),
  });
}

/** Asks some routes anew wherever a page shows them. */
export function useAskAgain(): (...keys: readonly RouteKey[]) => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    async (...keys) => {
      await Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
    [client],
  );
}

/** The sentence of whatever went wrong. */
export function sentenceOf(error: unknown, otherwise: string): string {
  return error instanceof Problem && error.detail !== '' ? error.detail : otherwise;
}
