/** How people ask which skills there are, in English and German. */
export const listSays = {
  en: [
    '(which|what) skills do you have',
    '(which|what) skills (have you got|are there|do you know)',
    '[list|show|tell me] your skills',
    '(list|show|tell) me (your|all|all your) skills',
    'what are your skills',
    'do you have [any] skills',
    'what can you do',
    'what can you do for (me|us)',
    'what (all|else) can you do',
    'what are you able to do',
    'what can i ask you',
    'what can i ask you to do',
    'what are you good at',
  ],
  de: [
    'welche (fähigkeiten|skills) hast du',
    'welche (fähigkeiten|skills) (gibt es|kennst du)',
    '[zeig|zeige|nenn|nenne] [mir] deine (fähigkeiten|skills)',
    'was sind deine fähigkeiten',
    'was kannst du [alles]',
    'was kannst du [alles] für (mich|uns) tun',
    'was kann ich dich [alles] fragen',
    'wobei kannst du [mir|uns] helfen',
    'hast du [irgendwelche] (fähigkeiten|skills)',
  ],
};
