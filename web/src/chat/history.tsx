/** What was said: by days, found while one types, copied, deleted. */
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ask } from '../api/ask.ts';
import { sentenceOf, useOrder } from '../app/questions.ts';
import { useSession } from '../app/session.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Sure } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { DeleteIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, Loading, Trouble } from '../ui/states.tsx';
import { useTell } from '../ui/toasts.tsx';
import { chatWords as words } from '../words/chat.ts';
import { commonWords } from '../words/everywhere.ts';
import { clockText } from '../words/moments.ts';
import { daysOf, type SaidDay, type SaidTurn } from './days.ts';
import { earlierKey } from './earlier.tsx';
import { holds } from './marks.ts';
import { SaidTurnView } from './said-turn.tsx';

const turnsAtOnce = 40;
/** The house finds no more than this at once. */
const foundMax = 200;
const askAfterMs = 250;
const queryMax = 400;
const historyKey = 'what was said';

const dayBar =
  'sticky top-0 z-10 flex min-h-14 items-center justify-between gap-3 border-b border-rule ' +
  'bg-room';

export default function History() {
  const [typed, setTyped] = useState('');
  const query = useSettled(typed.trim());
  return (
    <Page title={words.historyTitle} about={words.historyAbout}>
      <search>
        <TextField
          type="search"
          label={words.searchLabel}
          placeholder={words.searchExample}
          maxLength={queryMax}
          value={typed}
          data-testid="history-search"
          onChange={(event) => setTyped(event.target.value)}
        />
      </search>
      <Said query={query} />
    </Page>
  );
}

/** What is typed, once the typing pauses. */
function useSettled(typed: string): string {
  const [settled, setSettled] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), typed === '' ? 0 : askAfterMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return settled;
}

function Said({ query }: { query: string }) {
  const said = useSaid(query);
  const { turns, count, error, isPlaceholderData, hasNextPage, isFetchingNextPage } = said;
  const trouble = error && (
    <Trouble sentence={sentenceOf(error, commonWords.failed)} again={() => void said.refetch()} />
  );
  if (!turns) return trouble ?? <Loading rows={5} />;
  // The house also finds what only means the same, or was said nearby.
  const isSure = (turn: SaidTurn) => turn.messages.some(({ content }) => holds(content, query));
  const some = query !== '' && turns.some(isSure);
  const [surely, perhaps] = some
    ? [turns.filter(isSure), turns.filter((turn) => !isSure(turn))]
    : [turns, []];
  return (
    <>
      {trouble}
      <p role="status" className="text-soft" data-testid="history-count">
        {count}
      </p>
      {turns.length === 0 ? (
        <Nothing query={query} />
      ) : (
        <div className={`grid grid-cols-1 gap-8 ${isPlaceholderData ? 'opacity-60' : ''}`}>
          <Days turns={surely} query={query} />
          {perhaps.length > 0 && (
            <p className="border-t border-rule pt-6 text-soft">{words.perhaps}</p>
          )}
          <Days turns={perhaps} query={query} />
        </div>
      )}
      {hasNextPage && (
        <Button
          className="justify-self-center"
          busy={isFetchingNextPage}
          data-testid="history-more"
          onClick={() => void said.fetchNextPage()}
        >
          {commonWords.more}
        </Button>
      )}
    </>
  );
}

function Nothing({ query }: { query: string }) {
  if (query === '') return <Empty title={words.nothingSaid}>{words.nothingSaidHint}</Empty>;
  return <Empty title={words.nothingFound(query)}>{words.nothingFoundHint}</Empty>;
}

function Days({ turns, query }: { turns: readonly SaidTurn[]; query: string }) {
  return daysOf(turns, new Date()).map((day) => (
    <Day key={`${day.from} ${day.turns[0]?.turn}`} day={day} query={query} />
  ));
}

type Wanted = { limit: number } | { limit: number; before: string };

/** Without a query pages go back in time; with one the best ones come first, then more of them. */
function useSaid(query: string) {
  const { token, signedOut } = useSession();
  const found = useInfiniteQuery({
    queryKey: [historyKey, token, query],
    queryFn: async ({ pageParam, signal }) => {
      const wanted = { ...pageParam, ...(query !== '' && { query }) };
      const { turns } = await ask('get /api/v1/memory/history', { query: wanted, token, signal });
      return turns;
    },
    initialPageParam: { limit: turnsAtOnce } as Wanted,
    getNextPageParam: (last, _pages, { limit }): Wanted | undefined => {
      const oldest = last.at(-1);
      if (last.length < limit || !oldest) return undefined;
      if (query === '') return { limit, before: oldest.at };
      return limit < foundMax ? { limit: Math.min(foundMax, limit + turnsAtOnce) } : undefined;
    },
    placeholderData: (before) => before,
  });
  const { data, error } = found;
  useEffect(() => {
    if (error && 'status' in error && error.status === 401) signedOut();
  }, [error, signedOut]);
  const turns = query === '' ? data?.pages.flat() : data?.pages.at(-1);
  const shown = turns?.length ?? 0;
  const count = shown === 0 ? '' : words.exchanges(shown, found.hasNextPage);
  return { ...found, turns, count };
}

function Day({ day, query }: { day: SaidDay; query: string }) {
  const [asking, setAsking] = useState(false);
  const removeDay = useOrder('delete /api/v1/memory/history');
  const gone = useGone();
  const { from, to, title } = day;
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className={dayBar}>
        <h2 className="text-xl">{title}</h2>
        {query === '' && (
          <Button kind="quiet" onClick={() => setAsking(true)} data-testid="delete-day">
            {words.deleteDay}
            <span className="sr-only">: {title}</span>
          </Button>
        )}
      </div>
      <ol className="grid grid-cols-1 gap-6">
        {day.turns.map((turn) => (
          <Turn key={turn.turn} turn={turn} query={query} />
        ))}
      </ol>
      <Sure
        title={words.deleteDayTitle(title)}
        about={words.deleteForGood}
        act={words.deleteDay}
        open={asking}
        close={() => setAsking(false)}
        confirm={() =>
          gone(removeDay.mutateAsync({ json: { confirm: 'forget what was said', from, to } }))
        }
      />
    </div>
  );
}

function Turn({ turn, query }: { turn: SaidTurn; query: string }) {
  const [asking, setAsking] = useState(false);
  const remove = useOrder('delete /api/v1/memory/history/:turn');
  const gone = useGone();
  const what = turn.messages[0]?.content ?? clockText(new Date(turn.at));
  return (
    <SaidTurnView turn={turn} query={query}>
      <IconButton
        label={words.deleteThis(what.slice(0, 80))}
        data-testid="delete-turn"
        onClick={() => setAsking(true)}
      >
        <DeleteIcon className="size-4" aria-hidden="true" />
      </IconButton>
      <Sure
        title={words.deleteTitle}
        about={words.deleteForGood}
        act={words.delete}
        open={asking}
        close={() => setAsking(false)}
        confirm={() => gone(remove.mutateAsync({ param: { turn: turn.turn } }))}
      />
    </SaidTurnView>
  );
}

/** Says that it is gone, or why not, and asks anew wherever it was shown. */
function useGone() {
  const tell = useTell();
  const client = useQueryClient();
  return async (deleting: Promise<unknown>): Promise<void> => {
    try {
      await deleting;
      tell({ sentence: words.deleted });
    } catch (error) {
      tell({ tone: 'alert', sentence: sentenceOf(error, commonWords.failed) });
      throw error;
    } finally {
      await client.invalidateQueries({ queryKey: [historyKey] });
      await client.invalidateQueries({ queryKey: [earlierKey] });
    }
  };
}
