import compare from '@salesforce/label/c.Plumbline_Screen_SetupRights_Compare';
import complete from '@salesforce/label/c.Plumbline_Screen_SetupRights_Complete';
import download from '@salesforce/label/c.Plumbline_Screen_SetupRights_Download';
import explanation from '@salesforce/label/c.Plumbline_Screen_SetupRights_Explanation';
import grant from '@salesforce/label/c.Plumbline_Screen_SetupRights_Grant';
import granted from '@salesforce/label/c.Plumbline_Screen_SetupRights_Granted';
import lacks from '@salesforce/label/c.Plumbline_Screen_SetupRights_Lacks';
import lacksNext from '@salesforce/label/c.Plumbline_Screen_SetupRights_LacksNext';
import missing from '@salesforce/label/c.Plumbline_Screen_SetupRights_Missing';
import notGranted from '@salesforce/label/c.Plumbline_Screen_SetupRights_NotGranted';
import permissionSet from '@salesforce/label/c.Plumbline_Screen_SetupRights_PermissionSet';

/** The words of this component. */
export const labels = {
  compare,
  complete,
  download,
  explanation,
  grant,
  granted,
  lacks,
  lacksNext,
  missing,
  notGranted,
  permissionSet,
};
