const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** A moment by a pattern of Java's SimpleDateFormat, in UTC. Throws for a letter that is not known. */
export function formatDatetime(date: Date, pattern: string): string {
  return pattern.replace(/'([^']*)'|([A-Za-z])\2*/g, (run, quoted: string | undefined, letter: string | undefined) => {
    if (letter === undefined) return quoted === '' ? "'" : (quoted ?? run);
    return part(date, letter, run.length);
  });
}

function part(date: Date, letter: string, width: number): string {
  const pad = (number: number) => String(number).padStart(width, '0');
  const hours = date.getUTCHours();
  switch (letter) {
    case 'y':
      return width === 2 ? String(date.getUTCFullYear()).slice(-2) : String(date.getUTCFullYear());
    case 'M': {
      const name = MONTHS[date.getUTCMonth()] ?? '';
      return width >= 4 ? name : width === 3 ? name.slice(0, 3) : pad(date.getUTCMonth() + 1);
    }
    case 'd':
      return pad(date.getUTCDate());
    case 'E': {
      const name = DAYS[date.getUTCDay()] ?? '';
      return width >= 4 ? name : name.slice(0, 3);
    }
    case 'H':
      return pad(hours);
    case 'h':
      return pad(hours % 12 === 0 ? 12 : hours % 12);
    case 'a':
      return hours < 12 ? 'AM' : 'PM';
    case 'm':
      return pad(date.getUTCMinutes());
    case 's':
      return pad(date.getUTCSeconds());
    case 'S':
      return pad(date.getUTCMilliseconds());
    case 'Z':
      return '+0000';
    case 'X':
      return 'Z';
    case 'z':
      return 'GMT';
    default:
      throw new Error(`unsupported letter ${letter} in a date pattern`);
  }
}
