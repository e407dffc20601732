import { render } from "preact";
import { VariantsPage } from "./variants/page.tsx";
import "./variants/page.css";

const root = document.getElementById("page");
if (root !== null) render(<VariantsPage />, root);
