/** What is kept, for how long, and who sees it: as docs/privacy.md says it, in plain words. */
import { ButtonLink } from '../../ui/button.tsx';
import { Section } from '../../ui/page.tsx';
import { privacyWords as words } from '../../words/privacy.ts';

export function Kept() {
  return (
    <>
      <Section title={words.kept} about={words.keptHint}>
        <table className="w-full text-start">
          <thead className="sr-only">
            <tr>
              <th scope="col">{words.what}</th>
              <th scope="col">{words.howLong}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-rule">
            {words.keeps.map(([what, howLong]) => (
              <tr key={what} className="grid gap-0.5 py-2.5 sm:table-row">
                <td className="sm:w-3/5 sm:py-2.5 sm:pe-6 sm:align-top">{what}</td>
                <td className="text-sm text-soft sm:py-2.5 sm:align-top">{howLong}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
      <Section title={words.sees}>
        <div className="grid max-w-prose gap-3">
          <p>{words.seesNobody}</p>
          <p>{words.seesOwner}</p>
          <p className="text-soft">{words.seesMachine}</p>
        </div>
        <div className="flex flex-wrap gap-3">
          <ButtonLink to="/me/memory">{words.forget}</ButtonLink>
          <ButtonLink to="/history">{words.history}</ButtonLink>
        </div>
      </Section>
    </>
  );
}
