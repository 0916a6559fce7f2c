/** Open-Meteo's own description of its forecast, where a copy lies near; else a small one. */
import { existsSync, readFileSync } from 'node:fs';
import { type Document, OpenAPIBackend } from 'openapi-backend';
import { parse } from 'yaml';

const root = new URL('../../', import.meta.url);
const folder = process.env.BUTLER_SPECS
  ? new URL(`file://${process.env.BUTLER_SPECS.replace(/\/?$/, '/')}`)
  : new URL('../shared/specs/', root);
const file = new URL('open-meteo/forecast.yml', folder);
export const hasOpenMeteoSpecification = existsSync(file);

const text = (name: string, required = false) => ({
  ...{ name, in: 'query', required, schema: { type: 'string' } },
});
const whole = (name: string, maximum: number) => ({
  ...{ name, in: 'query', schema: { type: 'integer', minimum: 0, maximum } },
});
const list = (name: string, known: string) => ({
  ...{ name, in: 'query', explode: false },
  schema: { type: 'array', items: { type: 'string', enum: known.split(' ') } },
});
const answered = (properties: Record<string, unknown>, required: string[] = []) => ({
  '200': {
    description: 'OK',
    content: { 'application/json': { schema: { type: 'object', properties, required } } },
  },
});
const numbers = { type: 'object', properties: { time: { type: 'array' } } };

/** What Butler uses, in our own words: enough to notice that one side has drifted. */
const ownForecast = {
  get: {
    parameters: [
      ...[text('latitude', true), text('longitude', true), text('timezone'), text('apikey')],
      ...[whole('past_days', 92), whole('forecast_days', 16)],
      list(
        'current',
        'temperature_2m apparent_temperature relative_humidity_2m weather_code wind_speed_10m ' +
          'wind_gusts_10m',
      ),
      list(
        'hourly',
        'temperature_2m apparent_temperature precipitation precipitation_probability snowfall ' +
          'weather_code wind_speed_10m wind_gusts_10m',
      ),
      list('daily', 'sunrise sunset daylight_duration'),
    ],
    responses: answered({
      latitude: { type: 'number' },
      current: { type: 'object' },
      hourly: numbers,
      daily: numbers,
    }),
  },
};

/** Of geocoding no description is published: https://open-meteo.com/en/docs/geocoding-api. */
const ownSearch = {
  get: {
    parameters: [
      ...[text('name', true), text('language'), text('format'), text('apikey')],
      whole('count', 100),
    ],
    responses: answered({ results: { type: 'array', items: { type: 'object' } } }),
  },
};

const documentOf = (): Record<string, unknown> => {
  const forecast = hasOpenMeteoSpecification
    ? (parse(readFileSync(file, 'utf8')) as { paths: Record<string, object> }).paths['/v1/forecast']
    : ownForecast;
  return {
    openapi: '3.1.0',
    info: { title: 'Open-Meteo', version: '1' },
    paths: { '/v1/forecast': forecast, '/v1/search': ownSearch },
  };
};

/** The document names no operations, by which the router finds them. */
const named = (document: Record<string, unknown>): Document => {
  const paths = document.paths as Record<string, { get: Record<string, unknown> }>;
  for (const [path, { get }] of Object.entries(paths)) get.operationId = path;
  return document as unknown as Document;
};

let loaded: Promise<OpenAPIBackend> | undefined;

const backend = (): Promise<OpenAPIBackend> => {
  loaded ??= (async () => {
    const definition = named(documentOf());
    const ajvOpts = { strict: false, validateFormats: false };
    const made = new OpenAPIBackend({ definition, quick: true, ajvOpts });
    await made.init();
    return made;
  })();
  return loaded;
};

const reasons = (errors: unknown): string | undefined =>
  Array.isArray(errors) && errors.length > 0
    ? errors
        .map((one: { instancePath?: string; message?: string }) => {
          return `${one.instancePath ?? ''} ${one.message ?? ''}`.trim();
        })
        .join('; ')
    : undefined;

/** What is wrong with a question, by name of path and query; undefined: nothing. */
export const questionMistakes = async (path: string, query: Record<string, string>) => {
  const known = await backend();
  const operation = known.getOperation(path);
  const names = (operation?.parameters ?? []).map((one) => (one as { name: string }).name);
  const strange = Object.keys(query).filter((name) => !names.includes(name));
  if (strange.length > 0) return `no parameter is called ${strange.join(', ')}`;
  const request = { method: 'get', path, query, headers: {} };
  return reasons(known.validateRequest(request, path).errors);
};

/** What is wrong with an answer of the fake itself. */
export const answerMistakes = async (path: string, answer: unknown) =>
  reasons((await backend()).validateResponse(answer, path, 200).errors);
