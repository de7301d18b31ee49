import check from '@salesforce/label/c.Plumbline_Screen_SetupConnect_Check';
import connection from '@salesforce/label/c.Plumbline_Screen_SetupConnect_Connection';
import connectionName from '@salesforce/label/c.Plumbline_Screen_SetupConnect_ConnectionName';
import connectionNotSaved from '@salesforce/label/c.Plumbline_Screen_SetupConnect_ConnectionNotSaved';
import connectionSaved from '@salesforce/label/c.Plumbline_Screen_SetupConnect_ConnectionSaved';
import identity from '@salesforce/label/c.Plumbline_Screen_SetupConnect_Identity';
import identityEmail from '@salesforce/label/c.Plumbline_Screen_SetupConnect_IdentityEmail';
import identityHybrid from '@salesforce/label/c.Plumbline_Screen_SetupConnect_IdentityHybrid';
import identityUserId from '@salesforce/label/c.Plumbline_Screen_SetupConnect_IdentityUserId';
import nameHelp from '@salesforce/label/c.Plumbline_Screen_SetupConnect_NameHelp';
import newConnection from '@salesforce/label/c.Plumbline_Screen_SetupConnect_NewConnection';
import noWorker from '@salesforce/label/c.Plumbline_Screen_NoWorker';
import noWorkerNext from '@salesforce/label/c.Plumbline_Screen_NoWorkerNext';
import production from '@salesforce/label/c.Plumbline_Screen_SetupConnect_Production';
import region from '@salesforce/label/c.Plumbline_Screen_SetupConnect_Region';
import regionAustralia from '@salesforce/label/c.Plumbline_Screen_SetupConnect_RegionAustralia';
import regionEu from '@salesforce/label/c.Plumbline_Screen_SetupConnect_RegionEu';
import regionJapan from '@salesforce/label/c.Plumbline_Screen_SetupConnect_RegionJapan';
import regionUs from '@salesforce/label/c.Plumbline_Screen_SetupConnect_RegionUs';
import regionUs1 from '@salesforce/label/c.Plumbline_Screen_SetupConnect_RegionUs1';
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
  identity,
  identityEmail,
  identityHybrid,
  identityUserId,
  nameHelp,
  newConnection,
  noWorker,
  noWorkerNext,
  production,
  region,
  regionAustralia,
  regionEu,
  regionJapan,
  regionUs,
  regionUs1,
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
