import './exceptions.ts';
import './enums.ts';
import './collections.ts';
import './text.ts';
import './patterns.ts';
import './numbers.ts';
import './dates.ts';
import './system.ts';
import './schema.ts';
import './sobject.ts';
import './access-level.ts';
import './database-results.ts';
import './database.ts';
import './event-bus.ts';
import './security.ts';
import './json.ts';
import './encoding.ts';
import './web.ts';
import './jobs.ts';
import { completeLibrary } from './define.ts';

completeLibrary();

export { recordsOfLocator } from './database.ts';
export { addValues } from './define.ts';
export { runJobs } from './jobs.ts';
export { headersOf, newMessage, paramsOf, readMessage, writeMessage } from './web.ts';
