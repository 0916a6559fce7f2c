/** Names of the people of the house, as far as whoever asks may know them. */
import { useCallback } from 'react';
import { useAnswer } from '../app/questions.ts';
import { houseWords } from '../words/house.ts';

export function useNames() {
  const { data } = useAnswer('get /api/v1/users', {});
  const people = data?.users;
  const nameOf = useCallback(
    (personId: string): string =>
      people?.find(({ id }) => id === personId)?.name ?? houseWords.somebody,
    [people],
  );
  return { people: people ?? [], nameOf };
}
