import agree from '@salesforce/label/c.Plumbline_Screen_SetupTest_Agree';
import agreeHere from '@salesforce/label/c.Plumbline_Screen_SetupTest_AgreeHere';
import arrived from '@salesforce/label/c.Plumbline_Screen_SetupTest_Arrived';
import bothSides from '@salesforce/label/c.Plumbline_Screen_SetupTest_BothSides';
import differs from '@salesforce/label/c.Plumbline_Screen_SetupTest_Differs';
import differsNext from '@salesforce/label/c.Plumbline_Screen_SetupTest_DiffersNext';
import empty from '@salesforce/label/c.Plumbline_Screen_Empty';
import explanation from '@salesforce/label/c.Plumbline_Screen_SetupTest_Explanation';
import field from '@salesforce/label/c.Plumbline_Screen_Field';
import hiddenFields from '@salesforce/label/c.Plumbline_Screen_HiddenFields';
import no from '@salesforce/label/c.Plumbline_Screen_SetupTest_No';
import notAllowed from '@salesforce/label/c.Plumbline_Screen_SetupTest_NotAllowed';
import notAllowedNext from '@salesforce/label/c.Plumbline_Screen_SetupTest_NotAllowedNext';
import previewFirst from '@salesforce/label/c.Plumbline_Screen_SetupTest_PreviewFirst';
import salesforce from '@salesforce/label/c.Plumbline_Screen_Salesforce';
import same from '@salesforce/label/c.Plumbline_Screen_SetupTest_Same';
import system from '@salesforce/label/c.Plumbline_Screen_SetupTest_System';
import test from '@salesforce/label/c.Plumbline_Screen_SetupTest_Test';
import yes from '@salesforce/label/c.Plumbline_Screen_SetupTest_Yes';

/** The words of this component. */
export const labels = {
  agree,
  agreeHere,
  arrived,
  bothSides,
  differs,
  differsNext,
  empty,
  explanation,
  field,
  hiddenFields,
  no,
  notAllowed,
  notAllowedNext,
  previewFirst,
  salesforce,
  same,
  system,
  test,
  yes,
};
