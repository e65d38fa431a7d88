import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/tables.css'
import { mount } from 'svelte'
import App from './App.svelte'
import { chooseClient } from './client/choose-client.ts'

const target = document.getElementById('app')
if (target) mount(App, { target, props: { client: chooseClient() } })
