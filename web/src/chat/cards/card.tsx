/** One card, by its kind. */
import type { ChatActs } from '../acts.ts';
import type { Card } from '../card.ts';
import { Downloads } from './downloads.tsx';
import { Events } from './events.tsx';
import { Files } from './files.tsx';
import { List } from './list.tsx';
import { Photos } from './photos.tsx';
import { Things } from './things.tsx';
import { Timers } from './timers.tsx';
import { Weather } from './weather.tsx';

export default function CardView({ card, acts }: { card: Card; acts: ChatActs }) {
  switch (card.kind) {
    case 'events':
      return <Events card={card} />;
    case 'weather':
      return <Weather card={card} />;
    case 'timers':
      return <Timers card={card} />;
    case 'things':
      return <Things card={card} acts={acts} />;
    case 'list':
      return <List card={card} />;
    case 'downloads':
      return <Downloads card={card} />;
    case 'photos':
      return <Photos card={card} />;
    case 'files':
      return <Files card={card} />;
  }
}
