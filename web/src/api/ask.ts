/** The house's routes by their types: a wrong path, body or answer does not compile. */
import type { ExtractSchema } from 'hono/types';
import type { createAdmin } from '../../../admin/server.ts';
import { type Call, callForJson } from './calls.ts';

type Routes = ExtractSchema<ReturnType<typeof createAdmin>['app']>;

type MethodsOf<Path extends keyof Routes> = keyof Routes[Path] & `$${string}`;

/** Such as `patch /api/v1/auth/passkeys/:id`. */
export type RouteKey = {
  [Path in keyof Routes & string]: MethodsOf<Path> extends `$${infer Method}`
    ? `${Method} ${Path}`
    : never;
}[keyof Routes & string];

type RouteOf<Key extends RouteKey> = Key extends `${infer Method} ${infer Path extends
  keyof Routes & string}`
  ? Routes[Path][`$${Method}` & keyof Routes[Path]]
  : never;

type InputOf<Key extends RouteKey> = RouteOf<Key> extends { input: infer Input } ? Input : never;
type Part<Key extends RouteKey, Name extends string> =
  InputOf<Key> extends Record<Name, infer Value>
    ? Record<Name, Value>
    : { [Absent in Name]?: undefined };

/** As JSON carries it: what is undefined is left out; records of anything stay as they are. */
type Travelled<Value> = Value extends object
  ? string extends keyof Value
    ? Value
    : { [Name in keyof Value]: Travelled<Exclude<Value[Name], undefined>> }
  : Value;

export type AnswerOf<Key extends RouteKey> =
  RouteOf<Key> extends { output: infer Output } ? Travelled<Output> : never;

export type Question<Key extends RouteKey> = Part<Key, 'json'> &
  Part<Key, 'param'> & {
    query?: InputOf<Key> extends { query: infer Query } ? Query : undefined;
  } & Pick<Call, 'token' | 'signal'>;

/** Asks one route. Throws `Problem`, whose `detail` is a sentence. */
export function ask<Key extends RouteKey>(
  key: Key,
  question: Question<Key>,
): Promise<AnswerOf<Key>> {
  const [method = '', pattern = ''] = key.split(' ');
  const { json, param, query, token, signal } = question as Call & {
    json?: unknown;
    param?: Record<string, string>;
    query?: Record<string, string | number | undefined>;
  };
  const path = pattern.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(param?.[name] ?? ''),
  );
  const asked = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  const address = asked.length > 0 ? `${path}?${new URLSearchParams(asked)}` : path;
  const request = { method: method.toUpperCase(), token, signal };
  return callForJson(address, json === undefined ? request : { ...request, body: json });
}
