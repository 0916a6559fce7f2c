/** What one person may use: as their role, or one by one. */
import { useState } from 'react';
import { useAnswer, useOrder } from '../app/questions.ts';
import { Button } from '../ui/button.tsx';
import { Answered } from '../ui/states.tsx';
import { Switch } from '../ui/switch.tsx';
import { houseWords } from '../words/house.ts';
import { peopleWords as words } from '../words/people.ts';
import { useChanging } from './changing.ts';
import type { Member } from './people.tsx';
import { knownOf, type Permission, permissions, permissionsOf } from './permissions.ts';

export function PermissionsEditor({ person }: { person: Member }) {
  const answer = useAnswer('get /api/v1/users/:id/permissions', { param: { id: person.id } });
  return (
    <Answered of={answer} rows={2}>
      {({ permissions: kept }) => (
        <Editor
          // What was saved elsewhere, or taken back, begins it anew.
          key={`${person.role} ${kept?.join() ?? ''}`}
          person={person}
          kept={kept === null ? null : knownOf(kept)}
        />
      )}
    </Answered>
  );
}

interface EditorProps {
  person: Member;
  kept: readonly Permission[] | null;
}

function Editor({ person, kept }: EditorProps) {
  const { id, name, role } = person;
  const [own, setOwn] = useState(kept);
  const order = useOrder('put /api/v1/users/:id/permissions', {
    changes: ['get /api/v1/users/:id/permissions'],
  });
  const change = useChanging();
  const give = (wanted: readonly Permission[] | null) =>
    order.mutateAsync({ param: { id }, json: { permissions: wanted && [...wanted] } });
  const save = () =>
    void change({
      work: () => give(own),
      sentence: words.permissionsSaved(name),
      back: { work: () => give(kept), sentence: words.permissionsBack(name) },
    });
  const allowed = own ?? permissionsOf(role);
  const allow = (permission: Permission, on: boolean) =>
    setOwn(permissions.filter((one) => (one === permission ? on : allowed.includes(one))));
  const isChanged = own?.join() !== kept?.join();
  return (
    <div className="grid gap-1">
      <Switch
        label={words.asRole}
        hint={words.asRoleHint}
        on={own === null}
        change={(on) => setOwn(on ? null : permissionsOf(role))}
      />
      <div className="grid gap-x-8 sm:grid-cols-2">
        {permissions.map((permission) => (
          <Switch
            key={permission}
            label={houseWords.permissions[permission]}
            on={allowed.includes(permission)}
            change={(on) => allow(permission, on)}
            disabled={own === null}
          />
        ))}
      </div>
      {isChanged && (
        <div className="pt-2">
          <Button kind="primary" busy={order.isPending} onClick={save}>
            {words.savePermissions}
          </Button>
        </div>
      )}
    </div>
  );
}
