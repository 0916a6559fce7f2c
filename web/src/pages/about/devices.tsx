/** One's devices: where one is signed in, which wait for an answer, and a code for one more. */
import { useCallback, useEffect, useState } from 'react';
import type { Device, ShownLink, Waiting } from '../../account-api.ts';
import { accountWords as words } from '../../account-words.ts';
import { dateOf } from '../../memory.ts';
import type { Member } from '../../memory-api.ts';
import { type SectionProps, SureButton, useRows } from './account-section.tsx';
import { LinkShown } from './link-shown.tsx';

const waitingAskedEveryMs = 5_000;

export function Devices({ desk, api }: SectionProps) {
  const { tell, attempt } = desk;
  const askDevices = useCallback((signal: AbortSignal) => api.devices(signal), [api]);
  const askWaiting = useCallback((signal: AbortSignal) => api.waiting(signal), [api]);
  const devices = useRows<Device>(desk, askDevices);
  const waiting = useRows<Waiting>(desk, askWaiting);
  const [link, setLink] = useState<ShownLink>();
  const askAgain = waiting.again;
  useEffect(() => {
    const timer = setInterval(askAgain, waitingAskedEveryMs);
    return () => clearInterval(timer);
  }, [askAgain]);

  const change = (work: () => Promise<void>, sentence: string) =>
    void attempt(async () => {
      await work();
      tell({ tone: 'information', sentence });
      devices.again();
      waiting.again();
    });
  const add = () => void attempt(async () => setLink(await api.linkForDevice()));
  const close = () => {
    setLink(undefined);
    devices.again();
  };
  return (
    <section aria-labelledby="devices-title">
      <h3 id="devices-title">{words.devices}</h3>
      <p className="fact-source">{words.devicesHint}</p>
      {waiting.rows && waiting.rows.length > 0 && (
        <Requests
          desk={desk}
          rows={waiting.rows}
          approve={({ id, name }, userId) =>
            change(() => api.approve(id, userId), words.approved(name))
          }
          refuse={({ id, name }) => change(() => api.refuse(id), words.refused(name))}
        />
      )}
      <ul className="account-rows">
        {devices.rows?.map((device) => (
          <DeviceRow
            key={device.id}
            device={device}
            revoke={() => change(() => api.revoke(device.id), words.revoked(device.name))}
          />
        ))}
      </ul>
      {link ? (
        <LinkShown link={link} close={close} tell={tell}>
          {words.addDeviceHint(new Date(link.expiresAt).toLocaleTimeString(words.language))}
        </LinkShown>
      ) : (
        <button type="button" className="secondary" data-testid="device-add" onClick={add}>
          {words.addDevice}
        </button>
      )}
    </section>
  );
}

function DeviceRow({ device, revoke }: { device: Device; revoke(): void }) {
  const { name, location, isThis, lastSeenAt } = device;
  const seen = words.seen(dateOf(new Date(lastSeenAt), new Date(), words.language));
  const facts = [isThis ? words.thisDevice : seen, location ?? ''];
  return (
    <li data-testid="device">
      <p>{name}</p>
      <p className="fact-source">{facts.filter((fact) => fact !== '').join(' · ')}</p>
      {!isThis && (
        <div className="fact-acts">
          <SureButton label={words.revoke} sure={words.revokeSure} of={name} act={revoke} />
        </div>
      )}
    </li>
  );
}

interface RequestsProps extends Pick<SectionProps, 'desk'> {
  rows: readonly Waiting[];
  approve(request: Waiting, userId: string | undefined): void;
  refuse(request: Waiting): void;
}

function Requests({ desk, rows, approve, refuse }: RequestsProps) {
  const { api, user } = desk;
  const askMembers = useCallback(() => api.members(), [api]);
  const { rows: members } = useRows<Member>(desk, askMembers);
  const [whose, setWhose] = useState(user.id);
  return (
    <div className="account-requests">
      <h4>{words.requests}</h4>
      <p className="fact-source">{words.requestsHint}</p>
      <ul className="account-rows">
        {rows.map((request) => (
          <li key={request.id} data-testid="request">
            <p>
              {request.name} · <strong>{words.code(request.code)}</strong>
            </p>
            {request.personId === null && (
              <label>
                <span>{words.whose}</span>
                <select value={whose} onChange={(event) => setWhose(event.target.value)}>
                  {members?.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </select>
              </label>
            )}
            <div className="fact-acts">
              <button
                type="button"
                className="secondary"
                onClick={() => approve(request, request.personId === null ? whose : undefined)}
              >
                {words.approve}
                <span className="for-readers"> {request.name}</span>
              </button>
              <button type="button" className="quiet" onClick={() => refuse(request)}>
                {words.refuse}
                <span className="for-readers"> {request.name}</span>
              </button>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
