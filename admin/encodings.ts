/** Which packings a client takes (RFC 9110, section 12.5.3). Pure. */

export type Encoding = 'br' | 'gzip';

/** @param accepted the header's value; absent: nothing but the plain content is promised. */
export const encodingsOf = (accepted: string | undefined): ReadonlySet<string> => {
  const named = new Map(
    (accepted ?? '').split(',').map((one) => {
      const [name = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase());
      const weight = parameters.find((part) => part.startsWith('q='))?.slice(2);
      return [name, weight === undefined ? 1 : Number(weight)] as const;
    }),
  );
  const any = named.get('*') ?? 0;
  const takes = (encoding: Encoding): boolean => (named.get(encoding) ?? any) > 0;
  return new Set((['br', 'gzip'] as const).filter(takes));
};
