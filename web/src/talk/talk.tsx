/** The talk page: the conversation on one side, the door with its bell on the other. */
import { useEffect, useMemo, useState } from 'react';
import { useHouseState } from '../app/house-state.tsx';
import { useSession } from '../app/session.tsx';
import { ConversationView } from '../chat/conversation-view.tsx';
import { commonWords } from '../words/everywhere.ts';
import { talkWords as words } from '../words/talk.ts';
import { Composer } from './composer.tsx';
import { ConnectionLine } from './connection-line.tsx';
import { Door } from './door.tsx';
import { HouseNotes } from './house-notes.tsx';
import { Notices } from './notices.tsx';
import { useConversation, useTalkView } from './talk-provider.tsx';

export function Talk() {
  const { user } = useSession();
  const { health, refresh } = useHouseState();
  const conversation = useConversation();
  const view = useTalkView();
  const [hour] = useState(() => new Date().getHours());
  const greeting = useMemo(() => words.greeting(hour, user.name), [hour, user.name]);

  useEffect(() => {
    document.title = `${words.title} · ${commonWords.butler}`;
  }, []);
  // What changed the connection has often changed the house too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again at every change of link.
  useEffect(refresh, [view.link, refresh]);

  return (
    <div className="flex h-full flex-col beside:flex-row-reverse">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        {/* The greeting is the page's heading until the first words. */}
        {view.lines.list.length > 0 && <h1 className="sr-only">{words.title}</h1>}
        <ConnectionLine view={view} />
        <HouseNotes parts={health?.parts ?? []} />
        <ConversationView lines={view.lines} greeting={greeting} acts={conversation} />
        <Notices notices={view.notices} act={conversation.act} dismiss={conversation.dismiss} />
        <Composer send={conversation.send} />
      </div>
      <Door view={view} conversation={conversation} />
    </div>
  );
}
