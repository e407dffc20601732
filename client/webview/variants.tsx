import { render } from "preact";
import { VariantsPage } from "./variants/page.tsx";
import "./common.css";
import "./variants/page.css";

const root = document.getElementById("page");
if (root !== null) render(<VariantsPage />, root);
