import { platformSession, textOf } from './world.ts';
import { permissionsOf } from './setup/index.ts';
import type { ShellWorld } from './world.ts';

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

interface Person {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly profile: string;
}

/** Users who may log in to pages; an integration user may use the APIs alone. */
function people(world: ShellWorld): readonly Person[] {
  const soql =
    'SELECT Id, Name, Username, Profile.Name, Profile.UserLicense.Name FROM User WHERE IsActive = true ORDER BY Name';
  const { rows } = world.org.prepare(soql, platformSession(world.org)).run();
  return rows.flatMap((row) => {
    const profile = row.values.get('Profile');
    if (typeof profile !== 'object' || profile === null || !('values' in profile)) return [];
    const license = profile.values.get('UserLicense');
    const isApiOnly =
      typeof license === 'object' &&
      license !== null &&
      'values' in license &&
      license.values.get('Name') === 'Salesforce Integration';
    if (isApiOnly) return [];
    const name = textOf(row.values.get('Name'));
    const username = textOf(row.values.get('Username'));
    return [{ id: row.id ?? '', name, username, profile: textOf(profile.values.get('Name')) }];
  });
}

/** Whether a user of that ID may log in to pages. */
export function mayLogIn(world: ShellWorld, userId: string): boolean {
  return people(world).some(({ id }) => id === userId);
}

/** Where an org asks for user name and password, the local org asks as whom. */
export function loginPage(world: ShellWorld, from: string): string {
  const buttons = people(world).map((person) => {
    const sets = permissionsOf(world, person.id).sets.filter((name) => !/^X00e/.test(name));
    const rights = [person.profile, ...sets.map((name) => name.replaceAll('_', ' '))].join(', ');
    return (
      `<li class="slds-m-bottom_small"><button class="slds-button slds-button_neutral slds-button_stretch" name="user" value="${person.id}">` +
      `<span class="slds-text-align_left slds-p-vertical_x-small"><strong>${escapeHtml(person.name)}</strong><br>` +
      `<span class="slds-text-body_small">${escapeHtml(person.username)}<br>${escapeHtml(rights)}</span></span></button></li>`
    );
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Log in to the local org</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/lightning/assets/slds.css"><link rel="stylesheet" href="/lightning/client/shell.css">
</head><body class="slds-scope org-login"><main class="slds-box slds-theme_default">
<h1 class="slds-text-heading_medium slds-m-bottom_x-small">Log in to the local org</h1>
<p class="slds-m-bottom_medium">This is a local org, not Salesforce. It asks for no password.</p>
<form method="post"><input type="hidden" name="from" value="${escapeHtml(from)}"><ul>${buttons.join('')}</ul></form>
</main></body></html>`;
}
