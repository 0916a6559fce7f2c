/** Airlines by the two characters before a flight number (IATA). */

const names: Record<string, string> = {
  ...{ A3: 'Aegean', AA: 'American Airlines', AC: 'Air Canada', AF: 'Air France' },
  ...{ AI: 'Air India', AS: 'Alaska Airlines', AY: 'Finnair', AZ: 'ITA Airways' },
  ...{ B6: 'JetBlue', BA: 'British Airways', BT: 'airBaltic', CA: 'Air China' },
  ...{ CX: 'Cathay Pacific', D8: 'Norwegian', DE: 'Condor', DL: 'Delta', DY: 'Norwegian' },
  ...{ EI: 'Aer Lingus', EK: 'Emirates', EN: 'Air Dolomiti', ET: 'Ethiopian', EW: 'Eurowings' },
  ...{ EY: 'Etihad', FI: 'Icelandair', FR: 'Ryanair', HV: 'Transavia', IB: 'Iberia' },
  ...{ JL: 'Japan Airlines', JU: 'Air Serbia', KE: 'Korean Air', KL: 'KLM', LA: 'LATAM' },
  ...{ LG: 'Luxair', LH: 'Lufthansa', LO: 'LOT', LS: 'Jet2', LX: 'Swiss', LY: 'El Al' },
  ...{ MS: 'Egyptair', NH: 'ANA', NZ: 'Air New Zealand', OS: 'Austrian', OU: 'Croatia Airlines' },
  ...{ PC: 'Pegasus', QF: 'Qantas', QR: 'Qatar Airways', RO: 'Tarom', SA: 'South African' },
  ...{ SK: 'SAS', SN: 'Brussels Airlines', SQ: 'Singapore Airlines', SU: 'Aeroflot' },
  ...{ TK: 'Turkish Airlines', TO: 'Transavia France', TP: 'TAP', U2: 'easyJet', UA: 'United' },
  ...{ UX: 'Air Europa', VS: 'Virgin Atlantic', VY: 'Vueling', W6: 'Wizz Air', WF: 'Widerøe' },
  ...{ WN: 'Southwest', X3: 'TUIfly', XQ: 'SunExpress', EC: 'easyJet', DS: 'easyJet' },
};

/** @returns undefined for a code that no airline of the list has. */
export const airlineOf = (code: string): string | undefined => names[code.toUpperCase()];
