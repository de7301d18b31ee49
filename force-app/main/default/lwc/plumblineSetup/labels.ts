import back from '@salesforce/label/c.Plumbline_Screen_Back';
import connect from '@salesforce/label/c.Plumbline_Screen_Setup_Connect';
import fields from '@salesforce/label/c.Plumbline_Screen_Setup_Fields';
import lacksCondition from '@salesforce/label/c.Plumbline_Screen_Setup_LacksCondition';
import lacksConnection from '@salesforce/label/c.Plumbline_Screen_Setup_LacksConnection';
import lacksFields from '@salesforce/label/c.Plumbline_Screen_Setup_LacksFields';
import lacksKey from '@salesforce/label/c.Plumbline_Screen_Setup_LacksKey';
import lacksName from '@salesforce/label/c.Plumbline_Screen_Setup_LacksName';
import lacksSystemObject from '@salesforce/label/c.Plumbline_Screen_Setup_LacksSystemObject';
import lacksTarget from '@salesforce/label/c.Plumbline_Screen_Setup_LacksTarget';
import lacksTime from '@salesforce/label/c.Plumbline_Screen_Setup_LacksTime';
import live from '@salesforce/label/c.Plumbline_Screen_Setup_Live';
import match from '@salesforce/label/c.Plumbline_Screen_Setup_Match';
import newSync from '@salesforce/label/c.Plumbline_Screen_Setup_NewSync';
import next from '@salesforce/label/c.Plumbline_Screen_Next';
import notAllowed from '@salesforce/label/c.Plumbline_Screen_Setup_NotAllowed';
import notAllowedNext from '@salesforce/label/c.Plumbline_Screen_Setup_NotAllowedNext';
import notResumed from '@salesforce/label/c.Plumbline_Screen_Setup_NotResumed';
import notSaved from '@salesforce/label/c.Plumbline_Screen_Setup_NotSaved';
import records from '@salesforce/label/c.Plumbline_Screen_Setup_Records';
import rehearse from '@salesforce/label/c.Plumbline_Screen_Setup_Rehearse';
import rights from '@salesforce/label/c.Plumbline_Screen_Setup_Rights';
import rules from '@salesforce/label/c.Plumbline_Screen_Setup_Rules';
import save from '@salesforce/label/c.Plumbline_Screen_Save';
import saveFailed from '@salesforce/label/c.Plumbline_Screen_Setup_SaveFailed';
import stepTitle from '@salesforce/label/c.Plumbline_Screen_Setup_StepTitle';
import subtitle from '@salesforce/label/c.Plumbline_Screen_Setup_Subtitle';
import test from '@salesforce/label/c.Plumbline_Screen_Setup_Test';
import title from '@salesforce/label/c.Plumbline_Screen_Setup_Title';
import waitsForRehearsal from '@salesforce/label/c.Plumbline_Screen_Setup_WaitsForRehearsal';
import waitsForRights from '@salesforce/label/c.Plumbline_Screen_Setup_WaitsForRights';
import waitsForTest from '@salesforce/label/c.Plumbline_Screen_Setup_WaitsForTest';
import whichSync from '@salesforce/label/c.Plumbline_Screen_Setup_WhichSync';

/** The words of this component. */
export const labels = {
  back,
  connect,
  fields,
  lacksCondition,
  lacksConnection,
  lacksFields,
  lacksKey,
  lacksName,
  lacksSystemObject,
  lacksTarget,
  lacksTime,
  live,
  match,
  newSync,
  next,
  notAllowed,
  notAllowedNext,
  notResumed,
  notSaved,
  records,
  rehearse,
  rights,
  rules,
  save,
  saveFailed,
  stepTitle,
  subtitle,
  test,
  title,
  waitsForRehearsal,
  waitsForRights,
  waitsForTest,
  whichSync,
};
