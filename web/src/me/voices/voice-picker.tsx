/** All voices of the house: pressing one lets it be heard, and Butler keeps it. */
import { useSession } from '../../app/session.tsx';
import { CheckIcon, VolumeIcon } from '../../ui/icons.tsx';
import { language } from '../../words/language.ts';
import { voicesWords as words } from '../../words/voices.ts';
import { useDoors } from '../doors.ts';
import { useHearing } from '../manner/hearing.ts';
import { groupsFor, languageName, type Voice, type VoiceGroup, voiceOf } from './voices.ts';

interface VoicePickerProps {
  voices: readonly string[];
  /** Null: the household's. */
  chosen: string | null;
}

export function VoicePicker({ voices, chosen }: VoicePickerProps) {
  const { user } = useSession();
  const { answer, change } = useDoors();
  const hearing = useHearing(user.id);
  const spoken = answer.data?.doors.language ?? language;
  const { own, others } = groupsFor(voices, spoken);
  const press = async (id: string | null) => {
    const name = id === null ? undefined : voiceOf(id).name;
    const sentence = name === undefined ? words.chosenHouse : words.chosen(name);
    if (id !== chosen && !(await change({ voice: id }, { sentence, back: words.back }))) return;
    await hearing.hear(id ?? 'house', {});
  };
  const shared = { chosen, sounds: hearing.of, press: (id: string | null) => void press(id) };
  const [first, ...rest] = own.length > 0 ? own : others;
  return (
    <div className="grid gap-5">
      {own.length === 0 && <p className="text-soft">{words.noneNative(languageName(spoken))}</p>}
      <ul>
        <Choice {...shared} id={null} name={words.house} text={words.houseText} />
      </ul>
      {first && <Group {...shared} group={first} />}
      {(own.length > 0 ? rest : []).map((group) => (
        <Group key={group.tag} {...shared} group={group} />
      ))}
      <Others {...shared} groups={own.length > 0 ? others : rest} isAccented={own.length > 0} />
    </div>
  );
}

interface Shared {
  chosen: string | null;
  /** The voice that is heard now, or the household's as `house`. */
  sounds: string | undefined;
  press(id: string | null): void;
}

function Others({
  groups,
  isAccented,
  ...shared
}: Shared & { groups: readonly VoiceGroup[]; isAccented: boolean }) {
  const holdsChosen = groups.some(({ voices }) => voices.some(({ id }) => id === shared.chosen));
  return (
    <details open={holdsChosen}>
      <summary className="min-h-11 content-center font-medium text-link">{words.others}</summary>
      <div className="grid gap-5 pt-2">
        {isAccented && <p className="text-sm text-soft">{words.othersText}</p>}
        {groups.map((group) => (
          <Group key={group.tag} {...shared} group={group} />
        ))}
      </div>
    </details>
  );
}

function Group({ group, ...shared }: Shared & { group: VoiceGroup }) {
  return (
    <div className="grid gap-2">
      <h3 className="text-lg">{group.title}</h3>
      <ul
        aria-label={words.list(group.title)}
        className="grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-2"
      >
        {group.voices.map((voice) => (
          <Choice key={voice.id} {...shared} id={voice.id} name={voice.name} text={textOf(voice)} />
        ))}
      </ul>
    </div>
  );
}

const textOf = ({ sex }: Voice): string => (sex ? words.sexes[sex] : '');

const choice =
  'flex min-h-14 items-center justify-between gap-2 rounded-2xl border border-rule-strong ' +
  'bg-raised px-4 py-2 text-start hover:bg-tint aria-pressed:border-2 aria-pressed:border-door ' +
  'aria-pressed:bg-tint dark:aria-pressed:border-brass';

interface ChoiceProps extends Shared {
  id: string | null;
  name: string;
  text: string;
}

function Choice({ id, name, text, chosen, sounds, press }: ChoiceProps) {
  const isChosen = id === chosen;
  const isHeard = sounds === (id ?? 'house');
  const Icon = isChosen && !isHeard ? CheckIcon : VolumeIcon;
  return (
    <li className="grid">
      <button
        type="button"
        aria-pressed={isChosen}
        data-testid={`voice-${id ?? 'house'}`}
        data-heard={isHeard}
        onClick={() => press(id)}
        className={choice}
      >
        <span>
          <span className="block font-medium">{name}</span>
          <span className="block text-sm text-soft">{text}</span>
        </span>
        <Icon
          className={`size-5 shrink-0 ${isHeard ? 'animate-pulse text-link' : 'text-soft'}`}
          aria-hidden="true"
        />
      </button>
    </li>
  );
}
