// The styles of the pages that the server draws alone: forms, accounts, the desk. The application, which has none of
// them, does not carry them.
import './styles/brand.css';
import './styles/private.css';
import './styles/publisher-desk.css';
