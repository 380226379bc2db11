/** The public API of CloudSim's PlanetLab example, `schedlab/cloudsim-planetlab`. */
export { simulateCloudSimPlanetLab } from "./simulate.js";
