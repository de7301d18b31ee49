export { classOf, type ValueClass } from './classes.ts';
export {
  formatDate,
  formatDateTime,
  formatDateTimeForBulk,
  formatTime,
  parseDate,
  parseDateTime,
  parseTime,
  secondsPerDay,
} from './dates.ts';
export { addressParts, toJson } from './json.ts';
