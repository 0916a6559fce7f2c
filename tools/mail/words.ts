/** What the mail tools say, in English and German. */

const sentences = {
  en: {
    none: 'You have no new mail.',
    noneFrom: (who: string) => `You have no new mail from ${who}.`,
    new: (count: number, mails: string) =>
      count === 1 ? `You have one new mail: ${mails}.` : `You have ${count} new mails: ${mails}.`,
    mail: (from: string, subject: string) => `${from} about ${subject}`,
    noSubject: (from: string) => `${from}, without a subject`,
    more: (count: number) => `and ${count} more`,
    found: (count: number, mails: string) =>
      count === 1
        ? `I found one mail: ${mails}.`
        : `I found ${count} mails, newest first: ${mails}.`,
    dated: (mail: string, when: string) => `${mail}, ${when}`,
    nothing: 'I find no such mail.',
    nothingToRead: 'I find no such mail. Tell me who it is from, or search for it first.',
    gone: 'That mail is no longer there. Search for it again.',
    wholeEmpty: 'There are no words in it that I can read.',
    read: (head: string, text: string) => `${head}: ${text}`,
    files: (names: string) => ` It has attached: ${names}.`,
    withheld: '(withheld)',
    hasCode: ' There is a one-time code in it; ask me for the code if you want to hear it.',
    opensAccount: ' It has a link that opens an account. Open the mail itself for that.',
    code: (from: string, when: string, code: string) => `The code from ${from}, ${when}: ${code}.`,
    noCode: 'I find no such code in the mails of the last day.',
    unknownSender: 'an unknown sender',
    noAccount:
      'I may not read any mailbox for you. The owner can add yours, with your user name, in .env.',
    partly: ' I could not reach all of your mailboxes.',
    noFlights: 'I find no booked flight in your mail.',
    noFlightsTo: (place: string) => `I find no booked flight to ${place} in your mail.`,
    flight: (airline: string, number: string) => (airline ? `${airline}, ${number}` : number),
    route: (from: string, to: string) => ` from ${from} to ${to}`,
    onDay: (day: string) => `, ${day}`,
    atTime: (time: string) => ` at ${time}`,
    booking: (code: string) => `, booking code ${code}`,
    cancelled: (flight: string) => `Cancelled: ${flight}`,
    noDeliveries: 'I find no parcel on its way to you in your mail.',
    parcel: (carrier: string, from: string) =>
      carrier && from && carrier !== from
        ? `${carrier} from ${from}`
        : carrier || (from && `a parcel from ${from}`) || 'a parcel',
    expected: (day: string) => `expected ${day}`,
    between: (from: string, to: string) => `between ${from} and ${to}`,
    today: 'today',
    tomorrow: 'tomorrow',
    yesterday: 'yesterday',
    status: {
      announced: 'announced',
      'on-the-way': 'on its way',
      'out-for-delivery': 'out for delivery',
      delayed: 'delayed',
      'ready-for-pickup': 'ready to be picked up',
      failed: 'could not be delivered',
      delivered: 'delivered',
      returned: 'returned to the sender',
    },
    wrong: {
      refused:
        'The mail server does not take my user name or password. Make a new app password and set ' +
        'IMAP_PASSWORD.',
      noMailbox: 'The mail server has no folder of that name. Correct IMAP_MAILBOX.',
      busy: 'The mail server has too many connections or questions. Try again in some minutes.',
      broken: 'The mail server has a fault of its own right now. Try again in a moment.',
      garbage: 'I do not understand what the mail server answers. Check IMAP_HOST and IMAP_PORT.',
      certificate: "I do not trust the mail server's certificate. Correct IMAP_HOST, or renew it.",
      noTls: 'The mail server does not encrypt on that port. Correct IMAP_PORT or IMAP_SECURE.',
      unreachable: 'I cannot reach the mail server right now. Try again in a moment.',
      slow: 'The mail server takes too long to answer. Try again in a moment.',
    },
  },
  de: {
    none: 'Du hast keine neue Mail.',
    noneFrom: (who: string) => `Du hast keine neue Mail von ${who}.`,
    new: (count: number, mails: string) =>
      count === 1 ? `Du hast eine neue Mail: ${mails}.` : `Du hast ${count} neue Mails: ${mails}.`,
    mail: (from: string, subject: string) => `${from} über ${subject}`,
    noSubject: (from: string) => `${from}, ohne Betreff`,
    more: (count: number) => `und ${count} weitere`,
    found: (count: number, mails: string) =>
      count === 1
        ? `Ich habe eine Mail gefunden: ${mails}.`
        : `Ich habe ${count} Mails gefunden, die neueste zuerst: ${mails}.`,
    dated: (mail: string, when: string) => `${mail}, ${when}`,
    nothing: 'So eine Mail finde ich nicht.',
    nothingToRead: 'So eine Mail finde ich nicht. Sag mir, von wem sie ist, oder such zuerst.',
    gone: 'Diese Mail ist nicht mehr da. Such noch einmal nach ihr.',
    wholeEmpty: 'Darin sind keine Worte, die ich lesen kann.',
    read: (head: string, text: string) => `${head}: ${text}`,
    files: (names: string) => ` Angehängt: ${names}.`,
    withheld: '(zurückgehalten)',
    hasCode: ' Darin ist ein Einmalcode; frag nach dem Code, wenn du ihn hören willst.',
    opensAccount: ' Darin ist ein Link, der ein Konto öffnet. Öffne dafür die Mail selbst.',
    code: (from: string, when: string, code: string) => `Der Code von ${from}, ${when}: ${code}.`,
    noCode: 'In den Mails des letzten Tages finde ich keinen solchen Code.',
    unknownSender: 'jemand Unbekanntes',
    noAccount:
      'Ich darf für dich kein Postfach lesen. Deines kann in .env mit deinem Benutzernamen ' +
      'eingetragen werden.',
    partly: ' Nicht alle deine Postfächer waren zu erreichen.',
    noFlights: 'In deiner Mail finde ich keinen gebuchten Flug.',
    noFlightsTo: (place: string) => `In deiner Mail finde ich keinen gebuchten Flug nach ${place}.`,
    flight: (airline: string, number: string) => (airline ? `${airline}, ${number}` : number),
    route: (from: string, to: string) => ` von ${from} nach ${to}`,
    onDay: (day: string) => `, ${day}`,
    atTime: (time: string) => ` um ${time}`,
    booking: (code: string) => `, Buchungscode ${code}`,
    cancelled: (flight: string) => `Gestrichen: ${flight}`,
    noDeliveries: 'In deiner Mail finde ich kein Paket, das zu dir unterwegs ist.',
    parcel: (carrier: string, from: string) =>
      carrier && from && carrier !== from
        ? `${carrier} von ${from}`
        : carrier || (from && `ein Paket von ${from}`) || 'ein Paket',
    expected: (day: string) => `erwartet ${day}`,
    between: (from: string, to: string) => `zwischen ${from} und ${to}`,
    today: 'heute',
    tomorrow: 'morgen',
    yesterday: 'gestern',
    status: {
      announced: 'angekündigt',
      'on-the-way': 'unterwegs',
      'out-for-delivery': 'in Zustellung',
      delayed: 'verspätet',
      'ready-for-pickup': 'liegt zur Abholung bereit',
      failed: 'konnte nicht zugestellt werden',
      delivered: 'zugestellt',
      returned: 'zurück an den Absender',
    },
    wrong: {
      refused:
        'Der Mailserver nimmt Benutzername oder Passwort nicht an. Erstell ein neues ' +
        'App-Passwort und setz IMAP_PASSWORD.',
      noMailbox: 'Der Mailserver hat keinen Ordner dieses Namens. Berichtige IMAP_MAILBOX.',
      busy: 'Der Mailserver hat zu viele Verbindungen oder Anfragen. Versuch es in Minuten wieder.',
      broken: 'Der Mailserver hat gerade selbst einen Fehler. Versuch es gleich noch einmal.',
      garbage: 'Ich verstehe den Mailserver nicht. Prüf IMAP_HOST und IMAP_PORT.',
      certificate:
        'Dem Zertifikat des Mailservers traue ich nicht. Berichtige IMAP_HOST, oder erneuere es.',
      noTls:
        'Der Mailserver verschlüsselt auf diesem Port nicht. Berichtige IMAP_PORT oder ' +
        'IMAP_SECURE.',
      unreachable: 'Ich erreiche den Mailserver gerade nicht. Versuch es gleich noch einmal.',
      slow: 'Der Mailserver braucht zu lange. Versuch es gleich noch einmal.',
    },
  },
};

/** @param language BCP 47. */
export const mailSentences = (language: string) =>
  language.toLowerCase().startsWith('de') ? sentences.de : sentences.en;
