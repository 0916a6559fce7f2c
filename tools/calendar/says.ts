/** What people say to their calendar, in English and German. */

const calendar = '(calendar|schedule|agenda|diary)';
const whenDay = '[for|on|in] {day} [[in the] {part}]';
const anyDay = `[${whenDay}]`;
const tonight = '(tonight|this evening){day=today}{part=evening}';
const soonPart =
  '(this morning{day=today}{part=morning}|this afternoon{day=today}{part=afternoon}|' +
  `${tonight})`;
const anything = '(anything|something|plans|any plans|any appointments|any meetings)';
const what = '(what is|what have I got|what do I have|what do we have|what have we got)';

const germanDay =
  '(heute{day=today}|morgen{day=tomorrow}|übermorgen{day=day_after_tomorrow}|' +
  'gestern{day=yesterday}|' +
  '[am|nächsten|kommenden] (montag{day=monday}|dienstag{day=tuesday}|mittwoch{day=wednesday}|' +
  'donnerstag{day=thursday}|freitag{day=friday}|samstag{day=saturday}|sonntag{day=sunday})|' +
  '[am|dieses] wochenende{day=this_weekend}|nächstes wochenende{day=next_weekend}|' +
  'diese woche{day=this_week}|nächste woche{day=next_week}|diesen monat{day=this_month}|' +
  'nächsten monat{day=next_month})';
const germanPart =
  '[früh{part=morning}|vormittag{part=morning}|am vormittag{part=morning}|' +
  'nachmittag{part=afternoon}|am nachmittag{part=afternoon}|abend{part=evening}|' +
  'am abend{part=evening}]';
const germanWhen = `${germanDay} ${germanPart}`;
const germanDate = 'am {date}';

export const eventsSays = {
  en: [
    `what is (on|in) (my|our|the) ${calendar} ${anyDay}`,
    `what is (on|in) (my|our|the) ${calendar} ${soonPart}`,
    `what is (on|in) (my|our|the) ${calendar} on {date}`,
    `${what} [on|planned|scheduled|coming up] ${whenDay}`,
    `${what} [on|planned|scheduled|coming up] ${soonPart}`,
    `(what do I have|what have I got|what is planned) on {date}`,
    `(do I|do we) have ${anything} [on|planned|scheduled] ${whenDay}`,
    `(do I|do we) have ${anything} [on|planned|scheduled] ${soonPart}`,
    `(do I|do we) have (anything|something|any appointments) on {date}`,
    `(what|which) (appointments|meetings|plans|events) (do I|do we) have ${anyDay}`,
    `what are (my|our) (appointments|meetings|plans) ${anyDay}`,
    `(how does|what does) (my|our) (day|week|schedule|calendar) look [like] ${anyDay}`,
    `how (busy|full) is my (day|week|calendar) ${anyDay}`,
    `(read|tell|give|show) me (my|our|the) ${calendar} ${anyDay}`,
    `(am I|are we) doing (anything|something) ${whenDay}`,
    `is there anything (on|in) (my|our|the) ${calendar} ${anyDay}`,
    `any (appointments|meetings|plans) ${whenDay}`,
    `what am I doing ${whenDay}`,
  ],
  de: [
    `was (steht|ist) [${germanWhen}] (im|in meinem|in unserem|auf dem) (kalender|terminkalender)`,
    `was (steht|liegt) ${germanWhen} [bei mir|bei uns] an`,
    `was habe ich ${germanWhen} [vor]`,
    `was haben wir ${germanWhen} [vor]`,
    `(was|welche termine) (habe ich|haben wir|steht an|stehen an) ${germanWhen}`,
    `(habe ich|haben wir) ${germanWhen} (etwas vor|was vor|termine|einen termin)`,
    `(habe ich|haben wir) ${germanDate} (etwas vor|was vor|termine|einen termin)`,
    `(gibt es|stehen) ${germanWhen} termine [an]`,
    `welche termine (habe ich|haben wir) ${germanWhen}`,
    `was sind meine termine [für] ${germanWhen}`,
    `wie sieht (mein|unser) (tag|kalender|woche) ${germanWhen} aus`,
    `(lies|nenn|sag|zeig) mir (meine|unsere|die) termine [für|von] [${germanWhen}]`,
    `was steht ${germanDate} (an|im kalender)`,
    `was habe ich ${germanDate} vor`,
  ],
};

export const nextSays = {
  en: [
    `what is [up|coming up] next (on|in) (my|our|the) ${calendar}`,
    '(what|when) is (my|our|the) next (appointment|meeting|event)',
    'what is coming up [next] [on my calendar|in my calendar]',
    '(what|when) do I have next',
    'when is (my|our|the) [next] {query} (appointment|meeting)',
    'when is (my|our|the) [next] (appointment|meeting) (with|at) [the] {query}',
    'when do I [have to] (go to|see) the {query} [next|again]',
    'when is my next {query}',
    'when do I have my next {query}',
    'what time is (my|our|the) [next] {query} (appointment|meeting)',
    'what time is (my|our|the) next (appointment|meeting|event)',
    'do I have (an appointment|any appointments|a meeting) (with|at) [the] {query}',
    'do I have (any appointments|any meetings|anything) coming up',
    'where is my next (appointment|meeting)',
  ],
  de: [
    '(was|wann) ist (mein|unser|der) nächster termin',
    '(was|wann) ist der nächste termin',
    'was (kommt|steht) als nächstes [im kalender|an]',
    'wann habe ich [meinen|den] [nächsten] termin (beim|bei|bei der|mit|zum|zur) {query}',
    'wann ist (mein|unser|der) [nächster|nächste] termin (beim|bei|bei der|mit|zum|zur) {query}',
    'wann ist (mein|unser|der) {query} termin',
    'wann ist (mein nächster|meine nächste|mein nächstes) {query}',
    'wann muss ich [wieder] (zum|zur) {query}',
    'habe ich einen termin (beim|bei|bei der|mit|zum|zur) {query}',
    'wo ist mein nächster termin',
    'um wie viel uhr ist mein nächster termin',
  ],
};

export const freeSays = {
  en: [
    `am I (free|available) ${anyDay}`,
    `am I (free|available) ${soonPart}`,
    'am I (free|available) [on] {day} at {from}',
    'am I (free|available) at {from} [on] [{day}]',
    'am I (free|available) between {from} and {to} [on] [{day}]',
    'am I (free|available) on {date}',
    `am I busy ${anyDay}`,
    `am I busy ${soonPart}`,
    `(when|what time) am I (free|available) ${anyDay}`,
    `when do I have [free|some] time ${anyDay}`,
    `(do I have|have I got) [any|some] [free] time ${whenDay}`,
    `(do I have|have I got) [any|some] [free] time ${soonPart}`,
    `is my ${calendar} (free|clear|empty|open) ${anyDay}`,
    `(how free|how busy) am I ${anyDay}`,
    `is there [any|some] free time [in my ${calendar}] ${whenDay}`,
    'do I have time at {from} [on] [{day}]',
  ],
  de: [
    `(bin ich|habe ich) ${germanWhen} (frei|zeit|verfügbar)`,
    `(bin ich|habe ich) ${germanWhen} um {from} (frei|zeit)`,
    `(bin ich|habe ich) ${germanDate} (frei|zeit)`,
    `(wann bin ich|wann habe ich) ${germanWhen} (frei|zeit|freie zeit)`,
    `bin ich ${germanWhen} (beschäftigt|verplant|ausgebucht)`,
    `ist [mein kalender] ${germanWhen} [noch] (etwas frei|was frei|frei|leer)`,
    `habe ich ${germanWhen} [noch] (luft|eine lücke|freie zeit)`,
    'bin ich (heute abend{day=today}{part=evening}) [noch] frei',
  ],
};

const weGo = '(fliege ich|fliegen wir|fahre ich|fahren wir|reise ich|reisen wir)';

export const tripsSays = {
  en: [
    '(what|which) trips (do I|do we) have [planned|booked|coming up]',
    '(when|where) is (my|our) next (trip|holiday|vacation|journey)',
    'what is (my|our) next (trip|holiday|vacation|journey)',
    '(do I|do we) have any (trips|travel plans|holidays|vacations) [planned|booked|coming up]',
    '(am I|are we) (going|travelling|traveling) anywhere [soon]',
    'where (am I|are we) (going|travelling|traveling|flying) next',
    'when (am I|are we) (going|flying|travelling|traveling) to {query}',
    'when (do I|do we) (leave|travel) (to|for) {query}',
    'when is (my|our|the) (trip|holiday|journey) to {query}',
    '(list|show me|tell me) (my|our) [upcoming] (trips|travel plans)',
    'what are (my|our) (travel plans|upcoming trips)',
    'when (do I|do we) (travel|go away|go on holiday|go on vacation) [next]',
  ],
  de: [
    'welche reisen (habe ich|haben wir|stehen an) [geplant|vor]',
    '(wann|wohin) ist (meine|unsere) nächste reise',
    '(was|wann) ist (mein|unser) nächster urlaub',
    'was ist (meine|unsere) nächste reise',
    // The flight itself is in the mail.
    'wann (fliegen wir|fahre ich|fahren wir|reise ich|reisen wir) [das nächste mal] nach {query}',
    'wann ist (meine|unsere|die) (reise|fahrt) nach {query}',
    'wann ist (mein|unser|der) urlaub (nach|in) {query}',
    `wohin ${weGo} als nächstes`,
    '(habe ich|haben wir) [eine] (reise|reisen) (geplant|vor|gebucht)',
    '(verreise ich|verreisen wir) [bald|demnächst]',
    'wann (fahre ich|fahren wir|fliege ich|fliegen wir) in [den] urlaub',
    '(nenn|zeig|sag) mir (meine|unsere) reisen',
  ],
};
