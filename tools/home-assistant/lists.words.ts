/** What is said of Home Assistant's lists, in English and German. */

const isOrAre = (several: boolean): string => (several ? 'are' : 'is');

export const listSentences = {
  en: {
    added: (items: string, list: string, several: boolean) =>
      `${items} ${isOrAre(several)} on the ${list}.`,
    already: (items: string, list: string, several: boolean) =>
      `${items} ${isOrAre(several)} on the ${list} already.`,
    things: (count: number) => `${count} things`,
    done: (items: string, several: boolean) => `${items} ${isOrAre(several)} ticked off.`,
    removed: (items: string, several: boolean) =>
      `${items} ${isOrAre(several)} no longer on the list.`,
    cleared: (list: string) => `The ${list} is empty now.`,
    reopened: (list: string) => `The ${list} is as it was.`,
    empty: (list: string) => `The ${list} is empty.`,
    read: (list: string, items: string, more: number) =>
      more > 0 ? `On the ${list}: ${items}, and ${more} more.` : `On the ${list}: ${items}.`,
    notThere: (items: string, list: string) => `There is no ${items} on the ${list}.`,
    noList: 'Home Assistant has no list. Add a to-do list there first.',
    failed: (list: string) => `I asked, but the ${list} does not show it.`,
    still: (list: string) => `I asked, but it is still on the ${list}.`,
  },
  de: {
    added: (items: string, list: string, several: boolean) =>
      `${items} ${several ? 'stehen' : 'steht'} auf der Liste ${list}.`,
    already: (items: string, list: string, several: boolean) =>
      `${items} ${several ? 'stehen' : 'steht'} schon auf der Liste ${list}.`,
    things: (count: number) => `${count} Dinge`,
    done: (items: string, several: boolean) => `${items} ${several ? 'sind' : 'ist'} abgehakt.`,
    removed: (items: string, several: boolean) =>
      `${items} ${several ? 'stehen' : 'steht'} nicht mehr auf der Liste.`,
    cleared: (list: string) => `Die Liste ${list} ist jetzt leer.`,
    reopened: (list: string) => `Die Liste ${list} ist wieder, wie sie war.`,
    empty: (list: string) => `Die Liste ${list} ist leer.`,
    read: (list: string, items: string, more: number) =>
      more > 0 ? `Auf ${list}: ${items}, und ${more} weitere.` : `Auf ${list}: ${items}.`,
    notThere: (items: string, list: string) => `${items} steht nicht auf der Liste ${list}.`,
    noList: 'Home Assistant hat keine Liste. Leg dort zuerst eine an.',
    failed: (list: string) => `Ich habe darum gebeten, aber auf ${list} steht es nicht.`,
    still: (list: string) => `Ich habe darum gebeten, aber es steht noch auf ${list}.`,
  },
};
