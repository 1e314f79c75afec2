// On pages with a form: the error summary takes the focus and its links go into the fields.
import { createAll, Button, CharacterCount, ErrorSummary } from "../built/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(Button);
createAll(CharacterCount);
createAll(ErrorSummary);
