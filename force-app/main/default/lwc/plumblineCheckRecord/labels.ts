import check from '@salesforce/label/c.Plumbline_Screen_CheckRecord_Check';
import help from '@salesforce/label/c.Plumbline_Screen_CheckRecord_Help';
import noId from '@salesforce/label/c.Plumbline_Screen_CheckRecord_NoId';
import noIdNext from '@salesforce/label/c.Plumbline_Screen_CheckRecord_NoIdNext';
import recordId from '@salesforce/label/c.Plumbline_Screen_RecordId';
import title from '@salesforce/label/c.Plumbline_Screen_CheckRecord_Title';

/** The words of this component. */
export const labels = { check, help, noId, noIdNext, recordId, title };
