/** One backup: what is in it, taking it home, deleting it. */
import { useState } from 'react';
import type { AnswerOf } from '../api/ask.ts';
import { useOrder } from '../app/questions.ts';
import { useSession } from '../app/session.tsx';
import { said, useDo } from '../me/doing.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Sure } from '../ui/dialog.tsx';
import { DeleteIcon } from '../ui/icons.tsx';
import { Badge } from '../ui/page.tsx';
import { backupsWords as words } from '../words/backups.ts';
import { houseWords } from '../words/house.ts';
import { bytesOf, countOf, momentOf, percentOf } from './formats.ts';
import { fetchFile, saveFile } from './saving.ts';

type Backup = AnswerOf<'get /api/v1/backups'>['backups'][number];

export function BackupRow({ backup }: { backup: Backup }) {
  const { name, at, bytes, tables, files, verified, kept } = backup;
  const rows = tables && Object.values(tables).reduce((sum, count) => sum + count, 0);
  const facts = [
    bytesOf(bytes),
    ...(rows === null ? [] : [words.rows(countOf(rows))]),
    ...(files === null ? [] : [words.files(countOf(files))]),
  ];
  return (
    <li
      className="flex flex-wrap items-center justify-between gap-3 py-3"
      data-testid="backup"
      data-name={name}
    >
      <div className="grid gap-0.5">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {momentOf(at)}
          <Badge>{words.kept[kept ?? 'none']}</Badge>
          <Badge tone={verified ? 'good' : 'wait'}>
            {verified ? words.verified : words.unverified}
          </Badge>
        </p>
        <p className="text-sm text-soft tabular-nums">{facts.join(' · ')}</p>
        <code className="text-sm text-soft">{name}</code>
      </div>
      <div className="flex flex-wrap gap-2">
        <Download name={name} />
        <Remove name={name} />
      </div>
    </li>
  );
}

function Download({ name }: { name: string }) {
  const { token } = useSession();
  const [share, setShare] = useState<number>();
  const run = useDo();
  const take = async () => {
    setShare(0);
    try {
      const path = `/api/v1/backups/${encodeURIComponent(name)}`;
      saveFile(await fetchFile(path, token, setShare), name);
    } finally {
      setShare(undefined);
    }
  };
  return (
    <Button
      aria-label={share === undefined ? words.downloadOf(name) : undefined}
      busy={share !== undefined}
      onClick={() => said(run(take))}
    >
      {share === undefined ? houseWords.download : words.fetching(percentOf(share))}
    </Button>
  );
}

function Remove({ name }: { name: string }) {
  const [open, setOpen] = useState(false);
  const order = useOrder('delete /api/v1/backups/:name', { changes: ['get /api/v1/backups'] });
  const run = useDo();
  return (
    <>
      <IconButton label={words.deleteOf(name)} onClick={() => setOpen(true)}>
        <DeleteIcon className="size-5" aria-hidden="true" />
      </IconButton>
      <Sure
        title={words.deleteTitle}
        about={words.deleteAbout(name)}
        act={houseWords.delete}
        open={open}
        close={() => setOpen(false)}
        confirm={() => run(() => order.mutateAsync({ param: { name } }), words.deleted)}
      />
    </>
  );
}
