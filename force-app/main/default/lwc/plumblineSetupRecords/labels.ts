import all from '@salesforce/label/c.Plumbline_Screen_SetupRecords_All';
import condition from '@salesforce/label/c.Plumbline_Screen_SetupRecords_Condition';
import counting from '@salesforce/label/c.Plumbline_Screen_SetupRecords_Counting';
import explanation from '@salesforce/label/c.Plumbline_Screen_SetupRecords_Explanation';
import found from '@salesforce/label/c.Plumbline_Screen_SetupRecords_Found';
import inward from '@salesforce/label/c.Plumbline_Screen_SetupRecords_Inward';
import some from '@salesforce/label/c.Plumbline_Screen_SetupRecords_Some';

/** The words of this component. */
export const labels = {
  all,
  condition,
  counting,
  explanation,
  found,
  inward,
  some,
};
