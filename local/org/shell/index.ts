export { AuraFailure } from './apex-door.ts';
export { addShellDoor } from './door.ts';
export { createUser } from './users.ts';
