/** What went wrong with an account, as a sentence that holds no secret and no program's words. */
import type { Logger } from '../../agent/log.ts';
import type { NewNotice } from '../../agent/notices.ts';
import { CannotOpen, KeptBefore } from './making.ts';
import { Garbage, NameTaken, Refusal, type Service } from './provider.ts';
import { type Holder, registry } from './registry.ts';
import { accountWords } from './words.ts';

const ours = [CannotOpen, KeptBefore, Garbage, NameTaken, Refusal];

interface Failing {
  service: Service;
  language: string;
  /** Passwords that a service may have quoted in its refusal. */
  secrets: readonly string[];
  log: Pick<Logger, 'warn'>;
}

export const sentenceOf = (
  error: unknown,
  { service, language, secrets, log }: Failing,
): string => {
  // `httpClient` speaks in sentences, too.
  const isSentence =
    error instanceof Error &&
    (error.name === 'ToolError' || ours.some((kind) => error instanceof kind));
  if (!isSentence) {
    const { name, code } = error as { name?: string; code?: string };
    log.warn({ service, error: name, code }, 'an account failed inside Butler');
    return accountWords(language).broken(registry[service].title);
  }
  return secrets.reduce((said, secret) => said.replaceAll(secret, '…'), error.message);
};

interface About {
  holder: Holder;
  service: Service;
}

export const noticeKey = ({ holder, service }: About): string => `account:${service}:${holder.id}`;

/** For the person whose account it is. */
export const failedNotice = (
  about: About,
  { status, message }: { status: string; message: string },
): NewNotice => ({
  ...{ to: { personId: about.holder.id }, key: noticeKey(about), code: 'account-failed' },
  words: (language) => ({
    title: accountWords(language).noticeTitle(registry[about.service].title),
    detail: message,
  }),
  data: { service: about.service, status },
});

/** For owners: somebody still comes in over there who should not. */
export const stillOnNotice = (about: About): NewNotice => ({
  ...{ to: 'owners', key: `${noticeKey(about)}:off`, code: 'account-failed' },
  words: (language) => {
    const words = accountWords(language);
    const { title } = registry[about.service];
    return { title: words.ownersTitle(title), detail: words.stillOn(title, about.holder.name) };
  },
  data: { service: about.service },
});
