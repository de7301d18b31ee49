import check from '@salesforce/label/c.Plumbline_Screen_SetupConnect_Check';
import connection from '@salesforce/label/c.Plumbline_Screen_SetupConnect_Connection';
import connectionName from '@salesforce/label/c.Plumbline_Screen_SetupConnect_ConnectionName';
import connectionNotSaved from '@salesforce/label/c.Plumbline_Screen_SetupConnect_ConnectionNotSaved';
import connectionSaved from '@salesforce/label/c.Plumbline_Screen_SetupConnect_ConnectionSaved';
import lookAgain from '@salesforce/label/c.Plumbline_Screen_SetupConnect_LookAgain';
import nameHelp from '@salesforce/label/c.Plumbline_Screen_SetupConnect_NameHelp';
import newConnection from '@salesforce/label/c.Plumbline_Screen_SetupConnect_NewConnection';
import noSystems from '@salesforce/label/c.Plumbline_Screen_SetupConnect_NoSystems';
import noWorker from '@salesforce/label/c.Plumbline_Screen_NoWorker';
import noWorkerNext from '@salesforce/label/c.Plumbline_Screen_NoWorkerNext';
import production from '@salesforce/label/c.Plumbline_Screen_SetupConnect_Production';
import salesforceObject from '@salesforce/label/c.Plumbline_Screen_SetupConnect_SalesforceObject';
import sandbox from '@salesforce/label/c.Plumbline_Screen_SetupConnect_Sandbox';
import saveConnection from '@salesforce/label/c.Plumbline_Screen_SetupConnect_SaveConnection';
import saveFirst from '@salesforce/label/c.Plumbline_Screen_SetupConnect_SaveFirst';
import secretMissing from '@salesforce/label/c.Plumbline_Screen_SetupConnect_SecretMissing';
import secretNext from '@salesforce/label/c.Plumbline_Screen_SetupConnect_SecretNext';
import secretPresent from '@salesforce/label/c.Plumbline_Screen_SetupConnect_SecretPresent';
import syncName from '@salesforce/label/c.Plumbline_Screen_SetupConnect_SyncName';
import system from '@salesforce/label/c.Plumbline_Screen_SetupConnect_System';
import systemObject from '@salesforce/label/c.Plumbline_Screen_SetupConnect_SystemObject';

/** The words of this component. */
export const labels = {
  check,
  connection,
  connectionName,
  connectionNotSaved,
  connectionSaved,
  lookAgain,
  nameHelp,
  newConnection,
  noSystems,
  noWorker,
  noWorkerNext,
  production,
  salesforceObject,
  sandbox,
  saveConnection,
  saveFirst,
  secretMissing,
  secretNext,
  secretPresent,
  syncName,
  system,
  systemObject,
};
